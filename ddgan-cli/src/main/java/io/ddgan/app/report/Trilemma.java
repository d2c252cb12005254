package io.ddgan.app.report;

import io.ddgan.api.Metric.Measure;
import io.ddgan.app.experiment.SeedStatistics;
import io.ddgan.app.plot.BubblePlot;
import io.ddgan.app.plot.BubblePlot.Bubble;
import io.ddgan.app.plot.Drawing;
import io.ddgan.app.report.RunComparison.RunGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Quality against the time of sampling, with what is covered as a third: what generative models are
 * said to trade against each other (Xiao et al., 2022, figure 1).
 */
final class Trilemma {

  private static final String QUALITY = "fid";
  private static final String TIME = "seconds-per-100";

  /** What is covered tells the one that most configurations have, the first if several do. */
  private static final List<String> COVERAGES = List.of("coverage", "recall");

  /** Fewer configurations trade nothing. */
  private static final int FEWEST = 3;

  private Trilemma() {}

  /** Of the configurations that have all three; nothing if these are too few. */
  static Optional<Drawing> of(RunComparison comparison) {
    Optional<Measure> quality = measure(comparison, QUALITY);
    Optional<Measure> time = measure(comparison, TIME);
    if (quality.isEmpty() || time.isEmpty()) {
      return Optional.empty();
    }
    return COVERAGES.stream()
        .flatMap(name -> measure(comparison, name).stream())
        .map(coverage -> plot(comparison, quality.get(), time.get(), coverage))
        .filter(plot -> plot.bubbles().size() >= FEWEST)
        .reduce((one, other) -> other.bubbles().size() > one.bubbles().size() ? other : one)
        .flatMap(BubblePlot::drawing);
  }

  private static BubblePlot plot(
      RunComparison comparison, Measure quality, Measure time, Measure coverage) {
    List<Bubble> bubbles = new ArrayList<>();
    for (RunGroup group : comparison.groups()) {
      Optional<SeedStatistics> y = group.finite(quality);
      Optional<SeedStatistics> x = group.finite(time);
      Optional<SeedStatistics> share = group.finite(coverage);
      if (Stream.of(x, y, share).allMatch(Optional::isPresent)) {
        bubbles.add(
            new Bubble(
                group.name(),
                x.get().mean(),
                y.get().mean(),
                y.get().spread(),
                share.get().mean()));
      }
    }
    return new BubblePlot(
        TableFormat.heading(quality), "seconds for 100 examples", coverage.name(), bubbles);
  }

  private static Optional<Measure> measure(RunComparison comparison, String name) {
    return comparison.measures().stream().filter(one -> one.name().equals(name)).findFirst();
  }
}
