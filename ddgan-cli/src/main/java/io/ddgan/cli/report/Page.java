package io.ddgan.cli.report;

import static j2html.TagCreator.body;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.img;
import static j2html.TagCreator.li;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.style;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.cli.report.RunComparison.RunGroup;
import io.ddgan.cli.sweep.TrialStatistics;
import io.ddgan.train.phase.TimeRanges;
import j2html.tags.DomContent;
import j2html.tags.specialized.FigureTag;
import j2html.tags.specialized.TableTag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A page of HTML about runs, which needs no other file.
 *
 * @param name what it is about
 * @param comparisons the runs, those on each data set apart
 * @param failures what else is to be told, such as trials without a result
 */
public record Page(String name, List<RunComparison> comparisons, List<String> failures) {

  /** The column of the metrics that tells more of the machine than of the training. */
  private static final String THROUGHPUT = "examples-per-second";

  /** Fewer values of a key than these tell no more as points than the bars do. */
  private static final int POINTS = 3;

  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; color: #222; max-width: 90em; margin: 2em auto; padding: 0 1em }
      h1, h2, h3 { line-height: 1.2 } h2 { border-top: 1px solid #ccc; padding-top: 1em }
      table { border-collapse: collapse; margin: 1em 0; font-variant-numeric: tabular-nums }
      th, td { padding: .25em .8em; border-bottom: 1px solid #ddd; text-align: left }
      th { background: #f4f4f4 } td.number { text-align: right; white-space: nowrap }
      td.best { font-weight: bold; background: #e4f4e4 }
      caption { text-align: left; color: #666; caption-side: bottom }
      figure { display: inline-block; margin: 0 1em 1em 0; vertical-align: top }
      figcaption { max-width: 20em; color: #444 } img { max-width: 100% }
      .pictures img { width: 16em; image-rendering: pixelated; border: 1px solid #ddd }
      .scroll { overflow-x: auto }
      .provenance th { white-space: nowrap; vertical-align: top } .provenance td { overflow-wrap: anywhere }
      """;

  /**
   * The page as text.
   *
   * @throws IOException if a picture cannot be read
   */
  public String text() throws IOException {
    List<DomContent> sections = new ArrayList<>();
    for (RunComparison comparison : comparisons) {
      sections.add(section(comparison));
    }
    return "<!DOCTYPE html>\n"
        + html(
                head(
                    meta().withCharset("utf-8"),
                    meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                    title(name),
                    style(STYLE).withType("text/css")),
                body(
                    h1(name),
                    iff(
                        !failures.isEmpty(),
                        div(h2("Without a result"), ul(each(failures, failure -> li(failure))))),
                    each(sections, part -> part)))
            .withLang("en")
            .render()
        + "\n";
  }

  private static DomContent section(RunComparison comparison) throws IOException {
    List<DomContent> parts = new ArrayList<>();
    parts.add(h2(comparison.data()));
    parts.add(
        p(
            "%d runs of %d configurations."
                .formatted(comparison.runs().size(), comparison.groups().size())));
    parts.add(div(results(comparison)).withClass("scroll"));
    if (comparison.groups().size() > 1) {
      parts.add(h3("Measures"));
      for (Measure measure : comparison.differingMeasures()) {
        Charts.bars(comparison, measure)
            .ifPresent(png -> parts.add(chart(png, measure.name() + " of each configuration")));
      }
    }
    parts.addAll(overKeys(comparison));
    parts.addAll(curves(comparison));
    parts.addAll(pictures(comparison));
    parts.add(h3("Where the runs come from"));
    parts.add(div(provenance(comparison.runs())).withClass("scroll"));
    return j2html.TagCreator.section(each(parts, part -> part));
  }

  private static TableTag results(RunComparison comparison) {
    List<String> header = new ArrayList<>();
    if (comparison.hasLabels()) {
      header.add("configuration");
    }
    header.addAll(comparison.keys());
    header.add("seeds");
    return table(
        caption(
            "Mean and standard deviation over the seeds; the best mean of a measure is marked."),
        thead(
            tr(
                each(header, name -> th(name)),
                each(comparison.measures(), measure -> th(measure.name() + arrow(measure))))),
        tbody(each(comparison.groups(), group -> row(comparison, group))));
  }

  private static String arrow(Measure measure) {
    if (measure.better() == Better.NEITHER) {
      return "";
    }
    return measure.better() == Better.LOWER ? " ↓" : " ↑";
  }

  private static DomContent row(RunComparison comparison, RunGroup group) {
    return tr(
        iff(comparison.hasLabels(), td(group.label())),
        each(comparison.keys(), key -> td(group.value(key))),
        td(String.join(", ", group.runs().stream().map(Run::seed).toList())),
        each(
            comparison.measures(),
            measure ->
                td(group.spread(measure).map(TrialStatistics::toString).orElse("–"))
                    .withClasses("number", comparison.isBest(group, measure) ? "best" : "")));
  }

  private static List<DomContent> overKeys(RunComparison comparison) throws IOException {
    List<DomContent> parts = new ArrayList<>();
    for (String key : comparison.keys()) {
      List<DomContent> charts = new ArrayList<>();
      Map<String, List<RunGroup>> lines = comparison.lines(key);
      List<RunGroup> points = comparison.numeric(key);
      boolean isDrawn = points.stream().map(group -> group.value(key)).distinct().count() >= POINTS;
      for (Measure measure : comparison.differingMeasures()) {
        Optional<byte[]> drawn =
            lines.isEmpty() && isDrawn
                ? Charts.points(key, measure, points)
                : Charts.lines(key, measure, lines);
        drawn.ifPresent(png -> charts.add(chart(png, "%s over %s".formatted(measure.name(), key))));
      }
      if (!charts.isEmpty()) {
        parts.add(h3("Over " + key));
        parts.addAll(charts);
      }
    }
    return parts;
  }

  private static List<DomContent> curves(RunComparison comparison) throws IOException {
    List<RunGroup> shown = comparison.groups().stream().limit(Charts.MOST_CURVES).toList();
    TreeSet<String> columns = new TreeSet<>();
    shown.forEach(group -> columns.addAll(group.runs().get(0).curves().keySet()));
    columns.remove(THROUGHPUT);
    List<DomContent> parts = new ArrayList<>();
    columns.removeIf(column -> TimeRanges.part(column).isPresent());
    for (String column : columns) {
      Map<String, SortedMap<Long, Double>> curves = new LinkedHashMap<>();
      for (RunGroup group : shown) {
        Optional.ofNullable(group.runs().get(0).curves().get(column))
            .ifPresent(curve -> curves.put(group.label(), curve));
      }
      addCurves(parts, column + " while training", column, curves);
    }
    if (shown.size() == 1) {
      for (var entry : byTime(shown.get(0).runs().get(0)).entrySet()) {
        String column = entry.getKey();
        addCurves(parts, column + " at each time while training", column, entry.getValue());
      }
    }
    if (!parts.isEmpty()) {
      parts.add(0, h3("Training"));
      parts.add(
          1,
          p(
              "The first seed of each configuration%s."
                  .formatted(
                      comparison.groups().size() > shown.size()
                          ? ", of the first %d of %d"
                              .formatted(shown.size(), comparison.groups().size())
                          : "")));
    }
    return parts;
  }

  private static void addCurves(
      List<DomContent> parts,
      String text,
      String title,
      Map<String, SortedMap<Long, Double>> curves)
      throws IOException {
    if (curves.values().stream().anyMatch(curve -> curve.size() > 1)) {
      Charts.curves(title, curves).ifPresent(png -> parts.add(chart(png, text)));
    }
  }

  /** Curves of a run by the time t, by the column that they are parts of. */
  private static Map<String, Map<String, SortedMap<Long, Double>>> byTime(Run run) {
    Map<String, Map<String, SortedMap<Long, Double>>> byColumn = new TreeMap<>();
    run.curves()
        .forEach(
            (column, curve) ->
                TimeRanges.part(column)
                    .ifPresent(
                        part ->
                            byColumn
                                .computeIfAbsent(part.whole(), whole -> new LinkedHashMap<>())
                                .put(part.times(), curve)));
    return byColumn;
  }

  private static List<DomContent> pictures(RunComparison comparison) throws IOException {
    List<DomContent> figures = new ArrayList<>();
    for (RunGroup group : comparison.groups()) {
      Optional<Path> picture = group.runs().get(0).picture();
      if (picture.isPresent()) {
        figures.add(
            figure(
                image(Files.readAllBytes(picture.get()), group.label()),
                figcaption(group.label())));
      }
    }
    return figures.isEmpty()
        ? List.of()
        : List.of(
            h3("Samples at the end of training"),
            div(each(figures, one -> one)).withClass("pictures"));
  }

  private static TableTag provenance(List<Run> runs) {
    Map<String, List<String>> facts = new LinkedHashMap<>();
    for (Run run : runs) {
      for (String name : run.provenance().keySet()) {
        List<String> values = facts.computeIfAbsent(name, all -> new ArrayList<>());
        if (!values.contains(run.provenance().get(name))) {
          values.add(run.provenance().get(name));
        }
      }
    }
    return table(
            caption("All that the runs tell of their origin, but for configurations and seeds."),
            tbody(
                each(
                    facts.entrySet(),
                    fact -> tr(th(fact.getKey()), td(String.join(", ", fact.getValue()))))))
        .withClass("provenance");
  }

  private static FigureTag chart(byte[] png, String text) {
    return figure(image(png, text));
  }

  private static DomContent image(byte[] png, String text) {
    return img()
        .withSrc("data:image/png;base64," + Base64.getEncoder().encodeToString(png))
        .withAlt(text);
  }
}
