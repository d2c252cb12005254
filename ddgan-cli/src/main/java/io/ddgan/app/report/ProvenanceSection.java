package io.ddgan.app.report;

import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.tr;

import io.ddgan.app.report.RunComparison.RunGroup;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where runs come from, folded away: their configurations, and what they depend on besides. */
final class ProvenanceSection {

  private ProvenanceSection() {}

  static List<DomContent> of(RunComparison comparison) {
    List<DomContent> parts = new ArrayList<>();
    parts.add(h3("Where the runs come from"));
    parts.add(
        details(
            summary("Machine, libraries and hashes"),
            div(facts(comparison.runs())).withClass("scroll")));
    for (RunGroup group : comparison.groups()) {
      parts.add(
          details(
              summary("Configuration of " + group.name()),
              pre(group.runs().get(0).configuration())));
    }
    return parts;
  }

  private static DomContent facts(List<Run> runs) {
    Map<String, List<String>> facts = new LinkedHashMap<>();
    for (Run run : runs) {
      run.provenance()
          .forEach(
              (name, value) -> {
                List<String> values = facts.computeIfAbsent(name, all -> new ArrayList<>());
                if (!values.contains(value)) {
                  values.add(value);
                }
              });
    }
    return table(
            tbody(
                each(
                    facts.entrySet(),
                    fact -> tr(th(fact.getKey()), td(String.join(", ", fact.getValue()))))))
        .withClass("long");
  }
}
