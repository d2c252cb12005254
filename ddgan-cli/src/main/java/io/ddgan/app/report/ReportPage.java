package io.ddgan.app.report;

import static j2html.TagCreator.body;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.img;
import static j2html.TagCreator.li;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.style;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.ddgan.app.report.RunComparison.RunGroup;
import io.ddgan.train.picture.Png;
import j2html.tags.DomContent;
import j2html.tags.specialized.ImgTag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A self-contained HTML page about runs: table, plots, samples, configurations and provenance. */
public final class ReportPage {

  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; color: #222; background: #fff; max-width: 90em; margin: 1.5em auto; padding: 0 1em }
      h1, h2, h3 { line-height: 1.2; overflow-wrap: anywhere } h2 { border-top: 1px solid #ddd; padding-top: 1em }
      table { border-collapse: collapse; margin: 1em 0; font-variant-numeric: tabular-nums }
      th, td { padding: .25em .8em; border-bottom: 1px solid #ddd; text-align: left; vertical-align: top; overflow-wrap: anywhere }
      th { background: #f4f4f4 } .number { text-align: right; white-space: nowrap } td.best { font-weight: bold; background: #e4f4e4 }
      .note, figcaption { color: #666; overflow-wrap: anywhere } .scroll { overflow-x: auto }
      .plots, .pictures { display: flex; flex-wrap: wrap; gap: 1em; align-items: start } .plots img { max-width: 100% }
      figure { margin: 0; width: 16em; max-width: 100% } .pictures img { width: 100%; image-rendering: pixelated; border: 1px solid #ddd }
      summary { cursor: pointer } pre { overflow-x: auto; background: #f4f4f4; padding: .8em }
      @media print { h3, .note { break-after: avoid } img, figure, tr { break-inside: avoid } .scroll { overflow: visible } }
      """;

  private ReportPage() {}

  /**
   * Returns the page.
   *
   * @param name its title
   * @param command the command that writes it
   * @param comparisons the runs, by data set
   * @param remarks further lines, such as trials without a result
   */
  public static String text(
      String name, String command, List<RunComparison> comparisons, List<String> remarks)
      throws IOException {
    List<DomContent> parts = new ArrayList<>();
    parts.add(h1(name));
    parts.add(
        p(Instant.now().truncatedTo(ChronoUnit.SECONDS) + ", by ")
            .with(code(command))
            .withClass("note"));
    parts.add(ul(each(remarks, remark -> li(remark))));
    if (comparisons.size() > 1) {
      parts.add(
          p(
              "These runs were trained on different data; metrics of different sections are not comparable."));
    }
    for (RunComparison comparison : comparisons) {
      parts.add(section(each(parts(comparison), part -> part)));
    }
    DomContent head =
        head(
            meta().withCharset("utf-8"),
            meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
            title(name),
            style(rawHtml(STYLE)));
    return "<!DOCTYPE html>\n"
        + html(head, body(main(each(parts, part -> part)))).withLang("en").render()
        + "\n";
  }

  private static List<DomContent> parts(RunComparison comparison) throws IOException {
    List<DomContent> parts = new ArrayList<>();
    parts.add(h2(comparison.data()));
    parts.add(
        p(
            "%,d runs of %,d configurations"
                .formatted(comparison.runs().size(), comparison.groups().size())));
    parts.add(costs(comparison));
    ReportTable results = ReportTable.of(comparison, Optional.empty());
    parts.add(results(results));
    parts.add(ul(each(results.caption("highlighted"), line -> li(line))).withClass("note"));
    Plots.of(comparison)
        .forEach(
            (title, plots) -> {
              parts.add(h3(title));
              parts.add(
                  div(each(
                          plots,
                          plot -> image("svg+xml", plot.svg().getBytes(UTF_8), plot.title())))
                      .withClass("plots"));
            });
    List<DomContent> samples = samples(comparison.groups());
    if (!samples.isEmpty()) {
      parts.add(h3("Samples at the end of training"));
      parts.add(div(each(samples, one -> one)).withClass("pictures"));
    }
    List<String> others = ConditionsText.others(comparison);
    if (!others.isEmpty()) {
      parts.add(h3("Measured under other conditions"));
      parts.add(p("These values are not comparable with the table above.").withClass("note"));
      parts.add(ul(each(others, line -> li(line))));
    }
    parts.add(h3("Configuration and provenance"));
    for (RunGroup group : comparison.groups()) {
      RunResults first = group.runs().get(0);
      Path provenance = first.folder().provenance();
      parts.add(
          details(
              summary(group.name()),
              pre(Files.readString(first.folder().experiment())),
              pre(Files.exists(provenance) ? Files.readString(provenance) : "")));
    }
    return parts;
  }

  /** Returns a table of the costs, each with the values of all runs. */
  private static DomContent costs(RunComparison comparison) {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    for (RunResults run : comparison.runs()) {
      run.costs()
          .forEach(
              (name, value) ->
                  values.computeIfAbsent(name, all -> new LinkedHashSet<>()).add(value));
    }
    return table(
        each(
            values.entrySet(),
            cost -> tr(th(cost.getKey()), td(String.join(", ", cost.getValue())))));
  }

  private static DomContent results(ReportTable results) {
    return div(table(
            tr(
                each(results.names(), name -> th(name)),
                each(
                    results.measures(),
                    measure -> th(ReportTable.heading(measure)).withClass("number"))),
            each(
                results.rows(),
                row ->
                    tr(
                        each(row.names(), name -> td(name)),
                        each(
                            row.numbers(),
                            cell ->
                                td(cell.statistics().toString())
                                    .withClasses("number", cell.isBest() ? "best" : ""))))))
        .withClass("scroll");
  }

  /** Returns a picture of each configuration, of the same seed if possible. */
  private static List<DomContent> samples(List<RunGroup> groups) throws IOException {
    String seed = groups.get(0).runs().get(0).seed();
    List<DomContent> figures = new ArrayList<>();
    for (RunGroup group : groups) {
      RunResults run =
          group.runs().stream()
              .filter(each -> each.seed().equals(seed))
              .findFirst()
              .orElse(group.runs().get(0));
      Optional<Path> picture = latestPicture(run.folder().samples());
      if (picture.isPresent()) {
        String caption = "%s, seed %s".formatted(group.name(), run.seed());
        String shown = Png.description(picture.get()).map("; "::concat).orElse("");
        figures.add(
            figure(
                image("png", Files.readAllBytes(picture.get()), caption),
                figcaption(caption + shown)));
      }
    }
    return figures;
  }

  private static Optional<Path> latestPicture(Path samples) throws IOException {
    if (!Files.isDirectory(samples)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(samples)) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d+\\.png"))
          .max(Path::compareTo);
    }
  }

  private static ImgTag image(String type, byte[] content, String alt) {
    return img()
        .withSrc(
            "data:image/%s;base64,%s".formatted(type, Base64.getEncoder().encodeToString(content)))
        .withAlt(alt);
  }
}
