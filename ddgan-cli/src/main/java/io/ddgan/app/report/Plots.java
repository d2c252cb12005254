package io.ddgan.app.report;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.app.experiment.SeedStatistics;
import io.ddgan.app.plot.Drawing;
import io.ddgan.app.plot.IntervalPlot;
import io.ddgan.app.plot.LinePlot;
import io.ddgan.app.plot.LinePlot.Sample;
import io.ddgan.app.plot.LinePlot.Series;
import io.ddgan.app.plot.LinePlot.Style;
import io.ddgan.app.report.RunComparison.RunGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The plots of measures in a comparison: of each, over keys, and over what it costs. */
final class Plots {

  /** Fewer values of a key or cost than these tell no more as points than the rows do. */
  private static final int POINTS = 3;

  /** More names below a plot hide it. */
  static final int MOST_NAMES = 8;

  private static final String SPREAD =
      "A dot is the mean over seeds, a line its standard deviation; small dots are the seeds.";

  private static final String TRILEMMA =
      "Further down and to the left is better; the larger a dot, the more is covered.";

  private Plots() {}

  /** All of a comparison. */
  static List<PlotSection> of(RunComparison comparison) {
    List<PlotSection> sections = new ArrayList<>();
    List<Measure> measures = comparison.differingMeasures();
    add(
        sections,
        "Measures",
        comparison.hasSeeds() ? SPREAD : "",
        measures.stream().flatMap(measure -> intervals(comparison, measure).stream()).toList());
    for (String key : comparison.keys()) {
      add(
          sections,
          "Over " + key,
          "",
          measures.stream().flatMap(measure -> over(key, comparison, measure).stream()).toList());
    }
    List<Measure> qualities =
        measures.stream().filter(measure -> measure.better() != Better.NEITHER).toList();
    add(sections, "Quality and cost", "", costs(comparison, qualities));
    add(sections, "The trilemma", TRILEMMA, Trilemma.of(comparison).stream().toList());
    sections.addAll(TrainingCurves.of(comparison));
    return sections;
  }

  private static void add(
      List<PlotSection> sections, String title, String text, List<Drawing> drawings) {
    if (!drawings.isEmpty()) {
      sections.add(new PlotSection(title, text, drawings));
    }
  }

  /** A row for each configuration that the measure is finite for. */
  static Optional<Drawing> intervals(RunComparison comparison, Measure measure) {
    List<IntervalPlot.Interval> rows = new ArrayList<>();
    for (RunGroup group : comparison.groups()) {
      group
          .finite(measure)
          .ifPresent(
              statistics ->
                  rows.add(
                      new IntervalPlot.Interval(
                          group.name(),
                          statistics.mean(),
                          statistics.spread(),
                          group.numbers(measure))));
    }
    return new IntervalPlot(TableFormat.heading(measure), rows).drawing();
  }

  /** A line for what configurations have in common, or points where there is no such line. */
  static Optional<Drawing> over(String key, RunComparison comparison, Measure measure) {
    Map<String, List<RunGroup>> lines = comparison.lines(key);
    boolean isSeen =
        lines.size() > 1 || lines.values().stream().anyMatch(line -> line.size() >= POINTS);
    if (isSeen && lines.size() <= MOST_NAMES) {
      List<Series> series = new ArrayList<>();
      lines.forEach(
          (name, groups) ->
              series.add(
                  new Series(
                      name, samples(groups, measure, group -> Optional.of(number(group, key))))));
      return plot(measure, key, Style.STEPS, series);
    }
    List<RunGroup> groups = comparison.numeric(key);
    // Fewer configurations than keys that differ tell no key's effect from another's.
    if (groups.size() <= comparison.keys().size()
        || groups.stream().map(group -> group.value(key)).distinct().count() < POINTS) {
      return Optional.empty();
    }
    return plot(
        measure,
        key,
        Style.POINTS,
        List.of(
            new Series("", samples(groups, measure, group -> Optional.of(number(group, key))))));
  }

  private static double number(RunGroup group, String key) {
    return Double.parseDouble(group.value(key));
  }

  private static List<Drawing> costs(RunComparison comparison, List<Measure> measures) {
    List<Drawing> drawings = new ArrayList<>();
    addCosts(
        comparison,
        measures,
        "evaluations of the generator for a sample",
        Plots::evaluations,
        drawings);
    addCosts(comparison, measures, "minutes of training", Plots::minutes, drawings);
    return drawings;
  }

  private static void addCosts(
      RunComparison comparison,
      List<Measure> measures,
      String title,
      Function<RunGroup, Optional<Double>> cost,
      List<Drawing> drawings) {
    List<RunGroup> groups = comparison.groups();
    if (groups.stream().flatMap(group -> cost.apply(group).stream()).distinct().count() < POINTS) {
      return;
    }
    boolean areNamed = groups.size() <= MOST_NAMES;
    for (Measure measure : measures) {
      List<Series> series =
          areNamed
              ? groups.stream()
                  .map(group -> new Series(group.name(), samples(List.of(group), measure, cost)))
                  .toList()
              : List.of(new Series("", samples(groups, measure, cost)));
      plot(measure, title, Style.POINTS, series).ifPresent(drawings::add);
    }
  }

  private static Optional<Double> evaluations(RunGroup group) {
    return group.runs().get(0).cost().evaluations().map(Integer::doubleValue);
  }

  private static Optional<Double> minutes(RunGroup group) {
    OptionalDouble mean =
        group.runs().stream()
            .flatMap(run -> run.cost().training().stream())
            .mapToDouble(Duration::toMillis)
            .average();
    return mean.isPresent()
        ? Optional.of(mean.getAsDouble() / Duration.ofMinutes(1).toMillis())
        : Optional.empty();
  }

  private static Optional<Drawing> plot(
      Measure measure, String across, Style style, List<Series> series) {
    List<Series> drawn = series.stream().filter(one -> !one.samples().isEmpty()).toList();
    return new LinePlot(TableFormat.heading(measure), across, style, drawn).drawing();
  }

  private static List<Sample> samples(
      List<RunGroup> groups, Measure measure, Function<RunGroup, Optional<Double>> place) {
    List<Sample> samples = new ArrayList<>();
    for (RunGroup group : groups) {
      Optional<SeedStatistics> statistics = group.finite(measure);
      Optional<Double> x = place.apply(group);
      if (statistics.isPresent() && x.isPresent()) {
        double mean = statistics.get().mean();
        double deviation = statistics.get().spread();
        samples.add(new Sample(x.get(), mean, mean - deviation, mean + deviation));
      }
    }
    samples.sort(Comparator.comparingDouble(Sample::x));
    return samples;
  }
}
