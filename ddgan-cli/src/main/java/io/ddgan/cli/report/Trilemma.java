package io.ddgan.cli.report;

import io.ddgan.api.Metric.Measure;
import io.ddgan.cli.plot.BubblePlot;
import io.ddgan.cli.plot.BubblePlot.Bubble;
import io.ddgan.cli.plot.Drawing;
import io.ddgan.cli.report.RunComparison.RunGroup;
import io.ddgan.cli.sweep.TrialStatistics;
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

  /** The first that was measured tells what is covered. */
  private static final List<String> COVERAGES = List.of("coverage", "recall");

  /** Fewer configurations trade nothing. */
  private static final int FEWEST = 3;

  private Trilemma() {}

  /** Of the configurations that have all three; nothing if these are too few. */
  static Optional<Drawing> of(RunComparison comparison) {
    Optional<Measure> quality = measure(comparison, QUALITY);
    Optional<Measure> time = measure(comparison, TIME);
    Optional<Measure> coverage =
        COVERAGES.stream().flatMap(name -> measure(comparison, name).stream()).findFirst();
    if (quality.isEmpty() || time.isEmpty() || coverage.isEmpty()) {
      return Optional.empty();
    }
    List<Bubble> bubbles = new ArrayList<>();
    for (RunGroup group : comparison.groups()) {
      Optional<TrialStatistics> y = group.finite(quality.get());
      Optional<TrialStatistics> x = group.finite(time.get());
      Optional<TrialStatistics> share = group.finite(coverage.get());
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
    return bubbles.size() < FEWEST
        ? Optional.empty()
        : new BubblePlot(
                TableFormat.heading(quality.get()),
                "seconds for 100 examples",
                coverage.get().name(),
                bubbles)
            .drawing();
  }

  private static Optional<Measure> measure(RunComparison comparison, String name) {
    return comparison.measures().stream().filter(one -> one.name().equals(name)).findFirst();
  }
}
