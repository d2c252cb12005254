package io.ddgan.cli.command;

import io.ddgan.app.process.Invocation;
import io.ddgan.app.report.Run;
import io.ddgan.app.report.RunComparison;
import io.ddgan.eval.records.MeasurementConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says how to measure the runs of a comparison of which nothing comparable was measured. */
final class MeasuringAdvice {

  private MeasuringAdvice() {}

  /**
   * Names the command: with what the configurations of the runs say or, where these say nothing,
   * with the metrics and samples that others had, for all runs alike.
   */
  static Optional<String> of(RunComparison comparison, Invocation invocation) {
    List<Run> without = comparison.unmeasured();
    if (without.isEmpty()) {
      return Optional.empty();
    }
    boolean areConfigured = without.stream().allMatch(Run::hasMetrics);
    List<Object> words = new ArrayList<>(List.of("evaluate"));
    (areConfigured ? without : comparison.runs())
        .stream().map(Run::source).distinct().forEach(words::add);
    List<MeasurementConditions> known =
        comparison.conditions().stream().filter(each -> each.machine().isEmpty()).toList();
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
    return Optional.of(
        "nothing comparable was measured of the last step of %s; measure with: %s"
            .formatted(
                without.size() == 1 ? without.get(0).name() : without.size() + " runs",
                invocation.of(words)));
  }
}
