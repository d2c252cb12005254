package io.ddgan.app.report;

import static j2html.TagCreator.each;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.tr;

import io.ddgan.api.Metric.Measure;
import io.ddgan.app.text.Quantities;
import j2html.tags.DomContent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What all runs of a comparison have in common, or from where to where it goes. */
final class FactSection {

  private FactSection() {}

  static DomContent of(RunComparison comparison) {
    return table(
            tbody(
                each(
                    all(comparison).entrySet(),
                    fact -> tr(th(fact.getKey()), td(fact.getValue())))))
        .withClass("facts");
  }

  /** The facts by name; those that no run tells are left out. */
  static Map<String, String> all(RunComparison comparison) {
    List<Run> runs = comparison.runs();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "compared",
        "%s of %s"
            .formatted(
                Quantities.count(runs.size(), "run"),
                Quantities.count(comparison.groups().size(), "configuration")));
    facts.put("data", data(runs.get(0)));
    put("steps trained", runs, run -> Optional.of(run.cost().step()), FactSection::grouped, facts);
    put(
        "examples seen",
        runs,
        run -> Optional.of(run.cost().examples()),
        FactSection::grouped,
        facts);
    runs.stream()
        .flatMap(run -> run.cost().parameters().keySet().stream())
        .distinct()
        .sorted()
        .forEach(
            network ->
                put(
                    "parameters of the " + network,
                    runs,
                    run -> Optional.ofNullable(run.cost().parameters().get(network)),
                    FactSection::grouped,
                    facts));
    put(
        "network evaluations for a sample",
        runs,
        run -> run.cost().evaluations().map(Integer::longValue),
        FactSection::grouped,
        facts);
    put(
        "training time of a run",
        runs,
        run -> run.cost().training().map(Duration::toMillis),
        millis -> Quantities.seconds(millis / 1000.0),
        facts);
    for (Measure measure : comparison.constants()) {
      comparison
          .groups()
          .get(0)
          .statistics(measure)
          .ifPresent(of -> facts.put(measure.name(), Quantities.measured(of.mean())));
    }
    return facts;
  }

  private static String data(Run run) {
    String keys =
        run.keys().entrySet().stream()
            .filter(
                entry -> entry.getKey().startsWith("data.") && !entry.getKey().equals("data.type"))
            .map(entry -> "%s = %s".formatted(entry.getKey().substring(5), entry.getValue()))
            .collect(Collectors.joining(", "));
    String type = run.keys().getOrDefault("data.type", "");
    return keys.isEmpty() ? type : "%s (%s)".formatted(type, keys);
  }

  private static void put(
      String name,
      List<Run> runs,
      Function<Run, Optional<Long>> number,
      Function<Long, String> text,
      Map<String, String> facts) {
    List<Long> numbers = runs.stream().flatMap(run -> number.apply(run).stream()).sorted().toList();
    if (!numbers.isEmpty()) {
      String least = text.apply(numbers.get(0));
      String most = text.apply(numbers.get(numbers.size() - 1));
      facts.put(name, least.equals(most) ? least : "%s to %s".formatted(least, most));
    }
  }

  private static String grouped(long number) {
    return "%,d".formatted(number);
  }
}
