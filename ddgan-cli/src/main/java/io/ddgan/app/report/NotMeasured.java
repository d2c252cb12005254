package io.ddgan.app.report;

import io.ddgan.app.process.Invocation;
import io.ddgan.eval.records.MeasurementConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What to do about runs of which nothing was measured. */
public final class NotMeasured {

  private NotMeasured() {}

  /** The runs of whose last steps nothing that compares was measured. */
  public static List<Run> of(RunComparison comparison) {
    return comparison.runs().stream().filter(run -> comparison.values(run).isEmpty()).toList();
  }

  /**
   * The command that measures them: what their configurations say, or all runs alike where these
   * say nothing; with as many samples as others had.
   */
  public static String command(RunComparison comparison, Invocation invocation) {
    boolean areConfigured = of(comparison).stream().noneMatch(run -> run.configured().isEmpty());
    List<Run> runs = areConfigured ? of(comparison) : comparison.runs();
    List<Object> words = new ArrayList<>(List.of("evaluate"));
    runs.stream().map(Run::source).distinct().forEach(words::add);
    List<MeasurementConditions> known =
        comparison.measures().stream()
            .map(comparison::conditions)
            .filter(conditions -> conditions.machine().isEmpty())
            .toList();
    if (!areConfigured) {
      String metrics =
          known.stream()
              .map(MeasurementConditions::metric)
              .distinct()
              .collect(Collectors.joining(","));
      words.addAll(List.of("--metrics", metrics.isEmpty() ? "fid" : metrics));
    }
    List<Integer> samples = known.stream().map(MeasurementConditions::samples).distinct().toList();
    if (samples.size() == 1) {
      words.addAll(List.of("--samples", samples.get(0)));
    }
    return invocation.of(words);
  }
}
