package io.ddgan.app.report;

import io.ddgan.api.Metric.Measure;
import io.ddgan.app.experiment.KeyText;
import io.ddgan.app.text.Quantities;
import io.ddgan.app.text.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A comparison as text: a column for each run where they fit, else a row for each run. */
public final class ComparisonText {

  /** What the seed is called among the keys. */
  public static final String SEED = "seed";

  private static final String NONE = "-";

  private ComparisonText() {}

  /**
   * Prints it.
   *
   * @param shown which of the keys that differ are shown; those of the experiment if empty
   * @param width letters that fit in a line
   */
  public static void print(
      RunComparison comparison, Optional<Predicate<String>> shown, int width, PrintWriter out) {
    List<Run> runs = comparison.runs();
    List<String> names = Names.ofRuns(runs, comparison.keys());
    List<List<String>> keys = new ArrayList<>();
    for (String key : keys(comparison, shown)) {
      keys.add(line(key, runs, run -> value(run, key)));
    }
    List<List<String>> measures = new ArrayList<>();
    for (Measure measure : comparison.measures()) {
      measures.add(
          line(measure.name(), runs, run -> number(comparison.values(run).get(measure.name()))));
    }
    List<String> header = Stream.concat(Stream.of(""), names.stream()).toList();
    Table columns = table(lines(header, keys, measures));
    if (columns.width() <= width) {
      columns.print(out);
    } else {
      keys.removeIf(key -> areNamed(names, key, comparison.keys()));
      table(transposed(lines(header, measures, keys))).print(out);
    }
    if (!measures.isEmpty()) {
      out.println();
      ConditionsText.compared(comparison).forEach(out::println);
    }
    if (!comparison.floor().isEmpty()) {
      out.println();
      comparison
          .floor()
          .forEach((name, value) -> out.printf("%s of real examples: %s%n", name, number(value)));
    }
    List<List<String>> others = ConditionsText.others(comparison);
    if (!others.isEmpty()) {
      out.println();
      out.println("measured under other conditions, which do not compare with the numbers above:");
      table(others).print(out);
    }
  }

  /**
   * Those that differ; the seed is one of them, those of measuring and writing are if they are
   * asked for.
   */
  private static List<String> keys(RunComparison comparison, Optional<Predicate<String>> shown) {
    List<Run> runs = comparison.runs();
    List<String> keys =
        new ArrayList<>(shown.isEmpty() ? comparison.keys() : RunComparison.differing(runs));
    if (runs.stream().map(Run::seed).distinct().count() > 1) {
      keys.add(SEED);
    }
    keys.removeIf(shown.orElse(key -> true).negate());
    return keys;
  }

  private static String value(Run run, String key) {
    return key.equals(SEED) ? run.seed() : run.keys().getOrDefault(key, NONE);
  }

  private static String number(Double value) {
    return value == null ? NONE : Quantities.measured(value);
  }

  /** Whether the runs' names say a key's values already. */
  private static boolean areNamed(List<String> names, List<String> line, List<String> keys) {
    String key = line.get(0).equals(SEED) ? SEED : KeyText.of(line.get(0), keys);
    return IntStream.range(0, names.size())
        .allMatch(
            i ->
                List.of(names.get(i).split(" ")).contains("%s=%s".formatted(key, line.get(i + 1))));
  }

  private static List<String> line(String name, List<Run> runs, Function<Run, String> cell) {
    return Stream.concat(Stream.of(name), runs.stream().map(cell)).toList();
  }

  private static List<List<String>> lines(
      List<String> header, List<List<String>> first, List<List<String>> second) {
    List<List<String>> lines = new ArrayList<>(List.of(header));
    lines.addAll(first);
    lines.addAll(second);
    return lines;
  }

  private static List<List<String>> transposed(List<List<String>> lines) {
    return IntStream.range(0, lines.get(0).size())
        .mapToObj(i -> lines.stream().map(line -> line.get(i)).toList())
        .toList();
  }

  private static Table table(List<List<String>> lines) {
    Table table = new Table();
    lines.forEach(line -> table.row(line.toArray(String[]::new)));
    return table;
  }
}
