package io.ddgan.app.report;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.li;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.style;
import static j2html.TagCreator.title;
import static j2html.TagCreator.ul;

import io.ddgan.app.plot.Svg;
import io.ddgan.app.process.Invocation;
import j2html.tags.DomContent;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A page of HTML about runs, which needs no other file.
 *
 * @param name what it is about
 * @param command the command that makes it
 * @param invocation names other commands
 * @param made when it was made
 * @param comparisons the runs, those on each data set apart
 * @param failures what else is to be told, such as trials without a result
 */
public record ReportPage(
    String name,
    String command,
    Invocation invocation,
    Instant made,
    List<RunComparison> comparisons,
    List<String> failures) {

  private static final String STYLE =
      """
      :root { --text: #222; --muted: #666; --line: #ddd; --head: #f4f4f4; --best: #e4f4e4; --page: #fff }
      @media screen and (prefers-color-scheme: dark) {
        :root { --text: #e6e6e6; --muted: #a8a8a8; --line: #3c3c3c; --head: #2a2a2a; --best: #1e3a24; --page: #1a1a1a }
      }
      :root { color-scheme: light dark }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); max-width: 90em; margin: 1.5em auto; padding: 0 1em }
      h1, h2, h3 { line-height: 1.2; overflow-wrap: anywhere } h2 { border-top: 1px solid var(--line); padding-top: 1em }
      table { border-collapse: collapse; margin: 1em 0; font-variant-numeric: tabular-nums }
      th, td { padding: .25em .8em; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top }
      th { background: var(--head) } .number { text-align: right; white-space: nowrap }
      .results td:first-child { min-width: 10em } td.best { font-weight: bold; background: var(--best) }
      .note { color: var(--muted) } .note code, .facts td { overflow-wrap: anywhere }
      .scroll { overflow-x: auto } .long td { overflow-wrap: anywhere; min-width: 6em } .long th { white-space: nowrap }
      .plots { display: flex; flex-wrap: wrap; gap: 1em 2em } .plots svg { width: 430px; max-width: 100%; height: auto }
      .pictures { display: flex; flex-wrap: wrap; gap: 1em } figure { margin: 0; width: 16em; max-width: 100% }
      .pictures img { width: 100%; image-rendering: pixelated; border: 1px solid var(--line) }
      figcaption { color: var(--muted); overflow-wrap: anywhere }
      summary { cursor: pointer } pre { overflow-x: auto; background: var(--head); padding: .8em }
      @media print {
        body { font-size: 11px; margin: 0 } h3, .note { break-after: avoid } .plots svg, figure, tr { break-inside: avoid }
        .scroll { overflow: visible } th, td { padding: .2em .4em } .number { white-space: normal } .plots svg { width: 46% }
      }
      """;

  private static final String NOT_DONE = "Not finished or failed";
  private static final String ANCHOR = "not-done";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /**
   * The page as text.
   *
   * @throws IOException if a picture cannot be read
   */
  public String text() throws IOException {
    List<DomContent> sections = new ArrayList<>();
    for (RunComparison comparison : comparisons) {
      sections.add(section(comparison, invocation));
    }
    return "<!DOCTYPE html>\n"
        + html(
                head(
                    meta().withCharset("utf-8"),
                    meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                    title(name),
                    style(rawHtml(STYLE + Svg.STYLE)).withType("text/css")),
                body(
                    h1(name),
                    p(DATE.format(made) + ", by ").with(code(command)).withClass("note"),
                    iff(
                        !failures.isEmpty(),
                        p("Not all has a result: see ")
                            .with(a(NOT_DONE).withHref("#" + ANCHOR))
                            .withText(" at the end.")),
                    iff(
                        comparisons.size() > 1,
                        p(
                            "These runs were trained on different data; the metrics of one section do not compare with those of another.")),
                    each(sections, part -> part),
                    iff(
                        !failures.isEmpty(),
                        div(
                            h2(NOT_DONE).withId(ANCHOR),
                            ul(each(failures, failure -> li(failure)))))))
            .withLang("en")
            .render()
        + "\n";
  }

  private static DomContent section(RunComparison comparison, Invocation invocation)
      throws IOException {
    List<DomContent> parts = new ArrayList<>();
    parts.add(h2(comparison.data()));
    parts.add(FactSection.of(comparison));
    parts.addAll(TableSection.results(comparison, invocation));
    for (PlotSection plots : Plots.of(comparison)) {
      parts.add(h3(plots.title()));
      if (!plots.text().isEmpty()) {
        parts.add(p(plots.text()).withClass("note"));
      }
      parts.add(
          div(each(plots.drawings(), drawing -> rawHtml(Svg.element(drawing)))).withClass("plots"));
    }
    parts.addAll(SampleSection.of(comparison));
    parts.addAll(TableSection.others(comparison));
    parts.addAll(ProvenanceSection.of(comparison));
    return j2html.TagCreator.section(each(parts, part -> part));
  }
}
