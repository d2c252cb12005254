package io.ddgan.app.report;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.app.experiment.SeedStatistics;
import io.ddgan.app.plot.Charts;
import io.ddgan.app.plot.Charts.Bubble;
import io.ddgan.app.plot.Charts.Sample;
import io.ddgan.app.plot.Charts.Series;
import io.ddgan.app.plot.Charts.Style;
import io.ddgan.app.plot.Figure;
import io.ddgan.app.report.RunComparison.RunGroup;
import io.ddgan.eval.records.MeasurementConditions;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.Folders;
import io.ddgan.train.phase.TimeRanges;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The plots of a comparison: of measures, over keys, over the steps of training. */
public final class Plots {

  /** Fewer values of a key than these tell no more as points than the rows do. */
  private static final int POINTS = 3;

  /** More names below a plot hide it. */
  private static final int MOST_NAMES = 8;

  private static final String STEPS = "steps of training";

  /** The column of the metrics that tells more of the machine than of the training. */
  private static final String THROUGHPUT = "examples-per-second";

  /** Ends the names of columns that only say what was configured. */
  private static final String RATE = "learning-rate";

  private Plots() {}

  /** All plots of a comparison, by what they show. */
  static Map<String, List<Figure>> of(RunComparison comparison) {
    List<Measure> measures =
        comparison.differingMeasures().stream()
            .filter(measure -> measure.better() != Better.NEITHER)
            .toList();
    Map<String, List<Figure>> sections = new LinkedHashMap<>();
    sections.put("Measures", present(measures, measure -> intervals(comparison, measure)));
    for (String key : comparison.keys()) {
      sections.put("Over " + key, present(measures, measure -> over(key, comparison, measure)));
    }
    sections.put("The trilemma", trilemma(comparison).stream().toList());
    sections.put("Training", training(comparison));
    sections.values().removeIf(List::isEmpty);
    return sections;
  }

  /**
   * Writes all plots, each as SVG and as PDF, named by what they show.
   *
   * @return how many plots there are
   */
  public static int write(List<RunComparison> comparisons, Path folder) throws IOException {
    Folders.make(folder);
    Map<String, Integer> used = new HashMap<>();
    for (RunComparison comparison : comparisons) {
      for (Map.Entry<String, List<Figure>> section : of(comparison).entrySet()) {
        for (Figure figure : section.getValue()) {
          String name = section.getKey() + " " + figure.title();
          String plain =
              name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
          int use = used.merge(plain, 1, Integer::sum);
          String file = plain + (use == 1 ? "" : "-" + use);
          byte[] pdf = figure.pdf();
          AtomicFile.write(folder.resolve(file + ".pdf"), out -> out.write(pdf));
          AtomicFile.write(folder.resolve(file + ".svg"), figure.svg());
        }
      }
    }
    return used.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static List<Figure> present(
      List<Measure> measures, Function<Measure, Optional<Figure>> figure) {
    return measures.stream().flatMap(measure -> figure.apply(measure).stream()).toList();
  }

  /** A row for each configuration that the measure is finite for. */
  static Optional<Figure> intervals(RunComparison comparison, Measure measure) {
    Map<String, List<Double>> rows = new LinkedHashMap<>();
    comparison.groups().stream()
        .filter(group -> group.finite(measure).isPresent())
        .forEach(group -> rows.put(group.name(), group.numbers(measure)));
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(Charts.intervals(ReportTable.heading(measure), rows));
  }

  /** A line for what configurations have in common, or points where there is no such line. */
  static Optional<Figure> over(String key, RunComparison comparison, Measure measure) {
    Map<String, List<RunGroup>> lines = comparison.lines(key);
    boolean isSeen =
        lines.size() > 1 || lines.values().stream().anyMatch(line -> line.size() >= POINTS);
    if (isSeen && lines.size() <= MOST_NAMES) {
      List<Series> series = new ArrayList<>();
      lines.forEach((name, groups) -> series.add(new Series(name, samples(groups, key, measure))));
      return plot(measure, key, Style.STEPS, series);
    }
    List<RunGroup> groups = comparison.numeric(key);
    // Fewer configurations than keys that differ tell no key's effect from another's.
    if (groups.size() <= comparison.keys().size()
        || groups.stream().map(group -> group.value(key)).distinct().count() < POINTS) {
      return Optional.empty();
    }
    return plot(measure, key, Style.POINTS, List.of(new Series("", samples(groups, key, measure))));
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

  private static Optional<Figure> plot(
      Measure measure, String across, Style style, List<Series> series) {
    List<Series> drawn = series.stream().filter(one -> !one.samples().isEmpty()).toList();
    return drawn.isEmpty()
        ? Optional.empty()
        : Optional.of(Charts.lines(ReportTable.heading(measure), across, style, drawn));
  }

  /**
   * Quality against the time of sampling, with what is covered as a third: what generative models
   * are said to trade against each other (Xiao et al., 2022, figure 1). Of the configurations that
   * have all three; nothing if these are fewer than three.
   */
  static Optional<Figure> trilemma(RunComparison comparison) {
    Map<String, Measure> measures = new HashMap<>();
    comparison.measures().forEach(measure -> measures.put(measure.name(), measure));
    Measure quality = measures.get("fid");
    Measure time = measures.get("seconds-per-100");
    Measure share = measures.getOrDefault("coverage", measures.get("recall"));
    if (quality == null || time == null || share == null) {
      return Optional.empty();
    }
    List<Bubble> bubbles = new ArrayList<>();
    for (RunGroup group : comparison.groups()) {
      Optional<SeedStatistics> x = group.finite(time);
      Optional<SeedStatistics> y = group.finite(quality);
      Optional<SeedStatistics> area = group.finite(share);
      if (x.isPresent() && y.isPresent() && area.isPresent()) {
        Sample at = new Sample(x.get().mean(), y.get().mean(), y.get().spread());
        bubbles.add(new Bubble(group.name(), at, area.get().mean()));
      }
    }
    return bubbles.size() < POINTS
        ? Optional.empty()
        : Optional.of(
            Charts.bubbles(
                ReportTable.heading(quality), "seconds for 100 examples", share.name(), bubbles));
  }

  /** A curve for each configuration, with a band where it has seeds. */
  private static List<Figure> training(RunComparison comparison) {
    List<RunGroup> groups = comparison.groups().stream().limit(MOST_NAMES).toList();
    List<Figure> figures = new ArrayList<>();
    for (MeasurementConditions conditions : comparison.conditions()) {
      if (conditions.machine().isEmpty()) { // training does not change what the machine can do
        String title = ReportTable.heading(conditions.measure());
        curves(title, groups, run -> run.measured().curve(conditions)).ifPresent(figures::add);
      }
    }
    TreeSet<String> columns = new TreeSet<>();
    comparison.runs().forEach(run -> columns.addAll(run.curves().keySet()));
    columns.removeIf(
        column ->
            column.equals(THROUGHPUT)
                || column.endsWith(RATE)
                || TimeRanges.part(column).isPresent());
    for (String column : columns) {
      curves(column, groups, run -> run.curves().getOrDefault(column, new TreeMap<>()))
          .ifPresent(figures::add);
    }
    return figures;
  }

  /** Nothing of a number that is the same all the time, or for all. */
  private static Optional<Figure> curves(
      String title, List<RunGroup> groups, Function<Run, SortedMap<Long, Double>> curve) {
    List<Series> series = new ArrayList<>();
    for (RunGroup group : groups) {
      List<Sample> samples = samples(group.runs().stream().map(curve).toList());
      if (samples.size() > 1) {
        series.add(new Series(groups.size() == 1 ? "" : group.name(), samples));
      }
    }
    boolean varies =
        series.stream()
            .anyMatch(one -> one.samples().stream().map(Sample::y).distinct().count() > 1);
    boolean differs =
        series.size() == 1 || series.stream().map(Series::samples).distinct().count() > 1;
    return varies && differs
        ? Optional.of(Charts.lines(title, STEPS, Style.CURVES, series))
        : Optional.empty();
  }

  /** The steps that all seeds have a finite number for. */
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
