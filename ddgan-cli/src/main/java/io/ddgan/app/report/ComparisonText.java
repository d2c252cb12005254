package io.ddgan.app.report;

import io.ddgan.app.experiment.KeyText;
import io.ddgan.app.process.Invocation;
import io.ddgan.app.text.Quantities;
import io.ddgan.app.text.Table;
import io.ddgan.eval.records.EvaluationRecord;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A comparison on a terminal: a column for each run where they fit, else a row for each run, and a
 * line for each key.
 */
public final class ComparisonText {

  /** What the seed is called among the keys. */
  public static final String SEED = "seed";

  private static final String NONE = "-";

  private final RunComparison comparison;
  private final List<String> names;
  private final Optional<Predicate<String>> shown;
  private final int width;
  private final Invocation invocation;

  /**
   * Nothing is printed yet.
   *
   * @param shown which of the keys that differ are shown; those of the experiment if empty
   * @param width of the terminal, in letters
   * @param invocation names the command that measures what was not
   */
  public ComparisonText(
      RunComparison comparison,
      Optional<Predicate<String>> shown,
      int width,
      Invocation invocation) {
    this.comparison = comparison;
    this.names = GroupNames.ofRuns(comparison.runs(), comparison.keys());
    this.shown = shown;
    this.width = width;
    this.invocation = invocation;
  }

  /** Prints it. */
  public void print(PrintWriter out) {
    Table columns = columns();
    if (columns.width() <= width) {
      columns.print(out);
    } else {
      rows().print(out);
      keys(out);
    }
    conditions(out);
    floor(out);
    others(out);
  }

  private Table columns() {
    Table table = new Table();
    List<Run> runs = comparison.runs();
    row(table, "", names.stream());
    for (String key : keys()) {
      row(table, key, runs.stream().map(run -> value(run, key)));
    }
    for (String measure : measures()) {
      row(table, measure, runs.stream().map(run -> number(run, measure)));
    }
    return table;
  }

  private Table rows() {
    Table table = new Table();
    row(table, "", measures().stream());
    for (Run run : comparison.runs()) {
      row(table, name(run), measures().stream().map(measure -> number(run, measure)));
    }
    return table;
  }

  private void keys(PrintWriter out) {
    for (String key : keys()) {
      if (isNamed(key)) {
        continue;
      }
      Map<String, List<String>> runs = new LinkedHashMap<>();
      for (Run run : comparison.runs()) {
        runs.computeIfAbsent(value(run, key), same -> new ArrayList<>()).add(name(run));
      }
      out.println();
      out.println(key);
      runs.forEach((value, names) -> out.printf("  %s: %s%n", value, String.join(", ", names)));
    }
  }

  /** Whether the runs' names say a key's values already. */
  private boolean isNamed(String key) {
    String name = key.equals(SEED) ? SEED : KeyText.of(key, comparison.keys());
    return comparison.runs().stream()
        .allMatch(
            run ->
                List.of(name(run).split(" ")).contains("%s=%s".formatted(name, value(run, key))));
  }

  private void conditions(PrintWriter out) {
    if (!comparison.measures().isEmpty()) {
      out.println();
      ConditionsText.conditions(comparison).forEach(out::println);
    }
    List<Run> without = NotMeasured.of(comparison);
    if (!without.isEmpty()) {
      out.println();
      out.printf(
          "nothing comparable was measured of the last step of %s; measure with: %s%n",
          String.join(", ", without.stream().map(this::name).toList()),
          NotMeasured.command(comparison, invocation));
    }
  }

  private void floor(PrintWriter out) {
    if (!comparison.floor().isEmpty()) {
      out.printf(
          "real examples: %s%n",
          comparison.floor().entrySet().stream()
              .map(each -> each.getKey() + " " + Quantities.measured(each.getValue()))
              .collect(Collectors.joining(", ")));
    }
  }

  /** A table for all that was measured under the same conditions. */
  private void others(PrintWriter out) {
    Map<String, Map<String, Map<String, String>>> byConditions = new LinkedHashMap<>();
    for (Run run : comparison.runs()) {
      for (EvaluationRecord other : comparison.others(run)) {
        byConditions
            .computeIfAbsent(ConditionsText.of(run, other), conditions -> new LinkedHashMap<>())
            .computeIfAbsent(name(run), name -> new LinkedHashMap<>())
            .put(other.measure().name(), Quantities.measured(other.value()));
      }
    }
    if (!byConditions.isEmpty()) {
      out.println();
      out.println("measured under other conditions, which do not compare with the numbers above:");
    }
    byConditions.forEach(
        (conditions, byRun) -> {
          out.println();
          out.println(conditions);
          List<String> measured =
              byRun.values().stream().flatMap(each -> each.keySet().stream()).distinct().toList();
          Table table = new Table();
          row(table, "", measured.stream());
          byRun.forEach(
              (run, numbers) ->
                  row(
                      table,
                      run,
                      measured.stream().map(measure -> numbers.getOrDefault(measure, NONE))));
          table.print(out);
        });
  }

  private String name(Run run) {
    return names.get(comparison.runs().indexOf(run));
  }

  /**
   * Those that differ; the seed is one of them, those of measuring and writing are if they are
   * asked for.
   */
  private List<String> keys() {
    boolean differInSeed = comparison.runs().stream().map(Run::seed).distinct().count() > 1;
    return Stream.concat(
            shown.isEmpty()
                ? comparison.keys().stream()
                : RunComparison.differing(comparison.runs()).stream(),
            differInSeed ? Stream.of(SEED) : Stream.empty())
        .filter(shown.orElse(key -> true))
        .toList();
  }

  private static String value(Run run, String key) {
    return key.equals(SEED) ? run.seed() : run.keys().getOrDefault(key, NONE);
  }

  private List<String> measures() {
    return comparison.measures().stream().map(measure -> measure.name()).distinct().toList();
  }

  private String number(Run run, String measure) {
    Double value = comparison.values(run).get(measure);
    return value == null ? NONE : Quantities.measured(value);
  }

  private static void row(Table table, String name, Stream<String> cells) {
    table.row(Stream.concat(Stream.of(name), cells).toArray(String[]::new));
  }
}
