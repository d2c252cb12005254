package io.ddgan.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.Metric.Need;
import io.ddgan.api.MetricInput;
import io.ddgan.contract.FixedMetricInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** By a clock that only generating moves. */
class TimingTest {

  @Test
  void theMedianTurnCountsAndTheFirstOneDoesNot() {
    Clocked generator = new Clocked(60, 3, 1, 2);
    Map<String, Double> values = new Timing(50, 3).evaluate(generator, () -> generator.now);
    assertEquals(Map.of("network-evaluations", 4.0, "seconds-per-100", 2.0 * 100 / 50), values);
    assertEquals(List.of(50, 50, 50, 50), generator.counts);
  }

  @Test
  void ofTwoTurnsTheMeanCounts() {
    Clocked generator = new Clocked(60, 1, 4);
    assertEquals(
        2.5,
        new Timing(100, 2).evaluate(generator, () -> generator.now).get("seconds-per-100"),
        1e-12);
  }

  @Test
  void wholeBatchesAreGeneratedAndCounted() {
    Clocked generator = new Clocked(60, 3);
    generator.batch = 256;
    assertEquals(
        3.0 * 100 / 512,
        new Timing(300, 1).evaluate(generator, () -> generator.now).get("seconds-per-100"),
        1e-12);
    assertEquals(List.of(512, 512), generator.counts);
  }

  @Test
  void itTakesTheGeneratorOfTheEvidence() {
    Clocked generator = new Clocked(0, 0);
    Map<String, Double> values =
        new Timing(10, 1).evaluate(FixedMetricInput.none().with(Need.GENERATOR, generator));
    assertEquals(Set.of("network-evaluations", "seconds-per-100"), Set.copyOf(values.keySet()));
    assertEquals(4, values.get("network-evaluations"));
    assertEquals(List.of(10, 10), generator.counts);
  }

  /** Takes so many seconds for each turn. */
  private static final class Clocked implements MetricInput.Producer {

    private final double[] seconds;
    private final List<Integer> counts = new ArrayList<>();
    private long now = 12;
    private int batch = 1;

    Clocked(double... seconds) {
      this.seconds = seconds;
    }

    @Override
    public int networkEvaluations() {
      return 4;
    }

    @Override
    public int batch() {
      return batch;
    }

    @Override
    public void generate(int count) {
      now += (long) (seconds[counts.size()] * 1e9);
      counts.add(count);
    }
  }
}
