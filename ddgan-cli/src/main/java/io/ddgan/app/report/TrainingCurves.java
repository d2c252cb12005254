package io.ddgan.app.report;

import io.ddgan.api.Metric.Measure;
import io.ddgan.app.experiment.SeedStatistics;
import io.ddgan.app.plot.Drawing;
import io.ddgan.app.plot.LinePlot;
import io.ddgan.app.plot.LinePlot.Sample;
import io.ddgan.app.plot.LinePlot.Series;
import io.ddgan.app.plot.LinePlot.Style;
import io.ddgan.app.report.RunComparison.RunGroup;
import io.ddgan.train.phase.TimeRanges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Plots over the steps of training: a curve for each configuration, a band where it has seeds. */
final class TrainingCurves {

  /** The column of the metrics that tells more of the machine than of the training. */
  private static final String THROUGHPUT = "examples-per-second";

  /** Ends the names of columns that only say what was configured. */
  private static final String RATE = "learning-rate";

  private static final String STEPS = "steps of training";

  private TrainingCurves() {}

  static List<PlotSection> of(RunComparison comparison) {
    List<RunGroup> shown = comparison.groups().stream().limit(Plots.MOST_NAMES).toList();
    boolean isAlone = comparison.groups().size() == 1;
    List<Drawing> drawings = new ArrayList<>();
    for (Measure measure : comparison.measures()) {
      curve(
              shown,
              isAlone,
              TableFormat.heading(measure),
              run -> run.measured().curve(comparison.conditions(measure)))
          .ifPresent(drawings::add);
    }
    TreeSet<String> columns = new TreeSet<>();
    comparison.runs().forEach(run -> columns.addAll(run.curves().keySet()));
    columns.removeIf(
        column ->
            column.equals(THROUGHPUT)
                || column.endsWith(RATE)
                || TimeRanges.part(column).isPresent());
    for (String column : columns) {
      curve(shown, isAlone, column, run -> run.curves().getOrDefault(column, new TreeMap<>()))
          .ifPresent(drawings::add);
    }
    if (comparison.runs().size() == 1) {
      drawings.addAll(byTime(comparison.runs().get(0)));
    }
    String left =
        shown.size() < comparison.groups().size()
            ? "The first %d of %d configurations. "
                .formatted(shown.size(), comparison.groups().size())
            : "";
    String band =
        comparison.hasSeeds() ? "Means over seeds, with a band of their standard deviation." : "";
    return drawings.isEmpty()
        ? List.of()
        : List.of(new PlotSection("Training", (left + band).strip(), drawings));
  }

  private static Optional<Drawing> curve(
      List<RunGroup> groups,
      boolean isAlone,
      String title,
      Function<Run, SortedMap<Long, Double>> curve) {
    List<Series> series = new ArrayList<>();
    for (RunGroup group : groups) {
      List<Sample> samples = samples(group.runs().stream().map(curve).toList());
      if (samples.size() > 1) {
        series.add(new Series(isAlone ? "" : group.name(), samples));
      }
    }
    return tellsAnything(series) ? plot(title, series) : Optional.empty();
  }

  /** Rather than a number that is the same all the time, or for all. */
  private static boolean tellsAnything(List<Series> series) {
    return series.stream()
            .anyMatch(one -> one.samples().stream().map(Sample::y).distinct().count() > 1)
        && (series.size() == 1 || series.stream().map(Series::samples).distinct().count() > 1);
  }

  /** The steps that all seeds have a finite number for. */
  private static List<Sample> samples(List<SortedMap<Long, Double>> curves) {
    List<Sample> samples = new ArrayList<>();
    for (long step : curves.get(0).keySet()) {
      List<Double> values =
          curves.stream().flatMap(curve -> Optional.ofNullable(curve.get(step)).stream()).toList();
      SeedStatistics statistics = SeedStatistics.of(values);
      if (values.size() == curves.size() && statistics.isFinite()) {
        double spread = statistics.spread();
        double mean = statistics.mean();
        samples.add(new Sample(step, mean, mean - spread, mean + spread));
      }
    }
    return samples;
  }

  /** Curves of a run by the time t, those of one column together. */
  private static List<Drawing> byTime(Run run) {
    Map<String, List<Series>> byColumn = new TreeMap<>();
    new LinkedHashMap<>(run.curves())
        .forEach(
            (column, curve) ->
                TimeRanges.part(column)
                    .ifPresent(
                        part ->
                            byColumn
                                .computeIfAbsent(part.whole(), whole -> new ArrayList<>())
                                .add(new Series(part.times(), samples(List.of(curve))))));
    List<Drawing> drawings = new ArrayList<>();
    byColumn.forEach(
        (column, series) ->
            plot(
                    column + " by diffusion step t",
                    series.stream().filter(one -> one.samples().size() > 1).toList())
                .ifPresent(drawings::add));
    return drawings;
  }

  private static Optional<Drawing> plot(String title, List<Series> series) {
    return new LinePlot(title, STEPS, Style.CURVES, series).drawing();
  }
}
