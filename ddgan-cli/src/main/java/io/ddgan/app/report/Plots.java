package io.ddgan.app.report;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.app.experiment.SeedStatistics;
import io.ddgan.app.report.Figure.Sample;
import io.ddgan.app.report.Figure.Series;
import io.ddgan.app.report.RunComparison.RunGroup;
import io.ddgan.eval.records.MeasurementConditions;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.Folders;
import io.ddgan.train.phase.TimeRanges;
import io.ddgan.train.run.MetricsCsv;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The plots of a comparison: metrics over keys, the trilemma, and curves of the training. */
public final class Plots {

  /** The minimum number of points of a plot; for fewer, the table is enough. */
  private static final int POINTS = 3;

  /** The maximum number of names in a legend. */
  private static final int MOST_NAMES = 8;

  private static final String STEPS = "training steps";

  /** Columns that are not plotted, as they depend on the machine. */
  private static final Set<String> TIMES = Set.of(MetricsCsv.SPEED, MetricsCsv.SECONDS);

  private Plots() {}

  /** Returns all plots of a comparison, by section. */
  static Map<String, List<Figure>> of(RunComparison comparison) {
    Map<String, List<Figure>> sections = new LinkedHashMap<>();
    for (String key : comparison.keys()) {
      sections.put(
          "Over " + key,
          comparison.measures().stream()
              .filter(measure -> measure.better() != Better.NEITHER)
              .flatMap(measure -> over(key, comparison, measure).stream())
              .toList());
    }
    sections.put("The trilemma", trilemma(comparison).stream().toList());
    sections.put("Training", training(comparison));
    sections.values().removeIf(List::isEmpty);
    return sections;
  }

  /**
   * Writes all plots as SVG, with numbered names of section and title.
   *
   * @return number of plots
   */
  public static int write(List<RunComparison> comparisons, Path folder) throws IOException {
    Folders.make(folder);
    int number = 0;
    for (RunComparison comparison : comparisons) {
      for (Map.Entry<String, List<Figure>> section : of(comparison).entrySet()) {
        for (Figure figure : section.getValue()) {
          String name = "%02d %s %s".formatted(++number, section.getKey(), figure.title());
          String plain =
              name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
          AtomicFile.write(folder.resolve(plain + ".svg"), figure.svg());
        }
      }
    }
    return number;
  }

  /** Plots a metric over a key, with a line for configurations that differ only in the key. */
  static Optional<Figure> over(String key, RunComparison comparison, Measure measure) {
    Map<String, List<RunGroup>> lines = comparison.lines(key);
    boolean isSeen =
        lines.size() > 1 || lines.values().stream().anyMatch(line -> line.size() >= POINTS);
    List<Series> series = new ArrayList<>();
    lines.forEach((name, groups) -> series.add(new Series(name, samples(groups, key, measure))));
    series.removeIf(one -> one.samples().isEmpty());
    return !isSeen || series.isEmpty() || series.size() > MOST_NAMES
        ? Optional.empty()
        : Optional.of(Figure.lines(ReportTable.heading(measure), key, series));
  }

  private static List<Sample> samples(List<RunGroup> groups, String key, Measure measure) {
    List<Sample> samples = new ArrayList<>();
    for (RunGroup group : groups) {
      group
          .finite(measure)
          .ifPresent(of -> samples.add(new Sample(group.number(key), of.mean(), of.spread())));
    }
    samples.sort(Comparator.comparingDouble(Sample::x));
    return samples;
  }

  /**
   * Plots quality over sampling time, with the coverage in the names: the trilemma of generative
   * models (Xiao et al., 2022, figure 1). Needs at least three configurations with all three
   * metrics, of any features.
   */
  static Optional<Figure> trilemma(RunComparison comparison) {
    Optional<Measure> quality = measure(comparison, "fid", "fid");
    Optional<Measure> time = measure(comparison, "timing", "seconds-per-100");
    Optional<Measure> share =
        measure(comparison, "density-coverage", "coverage")
            .or(() -> measure(comparison, "precision-recall", "recall"));
    if (quality.isEmpty() || time.isEmpty() || share.isEmpty()) {
      return Optional.empty();
    }
    List<Series> points = new ArrayList<>();
    for (RunGroup group : comparison.groups()) {
      Optional<SeedStatistics> x = group.finite(time.get());
      Optional<SeedStatistics> y = group.finite(quality.get());
      Optional<SeedStatistics> covered = group.finite(share.get());
      if (x.isPresent() && y.isPresent() && covered.isPresent()) {
        points.add(
            new Series(
                "%s (%s %.2f)".formatted(group.name(), share.get().name(), covered.get().mean()),
                List.of(new Sample(x.get().mean(), y.get().mean(), y.get().spread()))));
      }
    }
    return points.size() < POINTS
        ? Optional.empty()
        : Optional.of(
            Figure.lines(ReportTable.heading(quality.get()), "seconds per 100 samples", points));
  }

  /** Returns a measure of a metric, by the end of its name, of the first features. */
  private static Optional<Measure> measure(RunComparison comparison, String metric, String name) {
    return comparison.conditions().stream()
        .filter(each -> each.metric().equals(metric) && each.measure().name().endsWith(name))
        .map(MeasurementConditions::measure)
        .findFirst();
  }

  /** Plots the metrics of the training, a curve for each configuration, with a band over seeds. */
  private static List<Figure> training(RunComparison comparison) {
    List<RunGroup> groups = comparison.groups().stream().limit(MOST_NAMES).toList();
    List<Figure> figures = new ArrayList<>();
    for (MeasurementConditions conditions : comparison.conditions()) {
      if (conditions.machine().isEmpty()) { // times do not depend on the step
        String title = ReportTable.heading(conditions.measure());
        curves(title, groups, run -> run.measured().curve(conditions)).ifPresent(figures::add);
      }
    }
    TreeSet<String> columns = new TreeSet<>();
    comparison.runs().forEach(run -> columns.addAll(run.curves().keySet()));
    columns.removeIf(column -> TIMES.contains(column) || TimeRanges.part(column).isPresent());
    for (String column : columns) {
      curves(column, groups, run -> run.curves().getOrDefault(column, new TreeMap<>()))
          .ifPresent(figures::add);
    }
    return figures;
  }

  /** Plots curves, unless all are constant. */
  private static Optional<Figure> curves(
      String title, List<RunGroup> groups, Function<RunResults, SortedMap<Long, Double>> curve) {
    List<Series> series = new ArrayList<>();
    for (RunGroup group : groups) {
      List<Sample> samples = samples(group.runs().stream().map(curve).toList());
      if (samples.size() > 1) {
        series.add(new Series(groups.size() == 1 ? "" : group.name(), samples));
      }
    }
    return series.stream()
            .allMatch(one -> one.samples().stream().map(Sample::y).distinct().count() == 1)
        ? Optional.empty()
        : Optional.of(Figure.lines(title, STEPS, series));
  }

  /** Returns the points of the steps with a finite number for all seeds. */
  private static List<Sample> samples(List<SortedMap<Long, Double>> curves) {
    List<Sample> samples = new ArrayList<>();
    for (long step : curves.get(0).keySet()) {
      List<Double> values =
          curves.stream().flatMap(curve -> Optional.ofNullable(curve.get(step)).stream()).toList();
      SeedStatistics statistics = SeedStatistics.of(values);
      if (values.size() == curves.size() && statistics.isFinite()) {
        samples.add(new Sample(step, statistics.mean(), statistics.spread()));
      }
    }
    return samples;
  }
}
