package io.ddgan.eval.metrics;

import io.ddgan.api.Metric;
import io.ddgan.api.MetricInput;
import io.ddgan.api.OpenDataset;
import io.ddgan.config.Key;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Cost of sampling: {@code network-evaluations} per example and {@code seconds-per-100} examples,
 * the median over repetitions after one warm-up. Each repetition generates whole batches.
 */
public record Timing(
    @Key(value = "number of examples per repetition", min = 1, max = 100_000) int examples,
    @Key(value = "number of timed repetitions, whose median is reported", min = 1, max = 1000)
        int repetitions)
    implements Metric {

  @Override
  public int samples() {
    return 0;
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        new Measure("network-evaluations", Better.LOWER),
        new Measure("seconds-per-100", Better.LOWER));
  }

  @Override
  public Set<Need> needs(Optional<OpenDataset> real) {
    return Set.of(Need.GENERATOR);
  }

  @Override
  public Map<String, Double> evaluate(MetricInput input) {
    return evaluate(input.producer(), System::nanoTime);
  }

  /** Measures with a clock in nanoseconds. */
  Map<String, Double> evaluate(MetricInput.Producer generator, LongSupplier clock) {
    int whole = Math.multiplyExact((examples - 1) / generator.batch() + 1, generator.batch());
    generator.generate(whole); // Warm-up: compiles and allocates.
    long[] nanos = new long[repetitions];
    for (int i = 0; i < repetitions; i++) {
      long start = clock.getAsLong();
      generator.generate(whole);
      nanos[i] = clock.getAsLong() - start;
    }
    Arrays.sort(nanos);
    double median = (nanos[(repetitions - 1) / 2] + nanos[repetitions / 2]) / 2.0;
    return Map.of(
        "network-evaluations",
        (double) generator.networkEvaluations(),
        "seconds-per-100",
        median / 1e9 * 100 / whole);
  }
}
