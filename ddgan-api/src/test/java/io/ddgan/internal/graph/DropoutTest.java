package io.ddgan.internal.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.RefusedException;
import io.ddgan.random.RandomStreams;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

class DropoutTest {

  private static final DataShape SHAPE = DataShape.point(20_000);
  private static final double RATE = 0.2;

  @Test
  void zeroesItsShareInTrainingAndScalesTheOthersSoThatTheMeanStays() {
    float[] y = run(training(), RATE, 1)[0];
    long zeros = 0;
    for (float value : y) {
      zeros += value == 0 ? 1 : 0;
      assertTrue(value == 0 || value == 1.25f, "value " + value);
    }
    assertEquals(RATE, zeros / (double) y.length, 0.015);
  }

  @Test
  void doesNothingOutsideTrainingOrAtARateOfZero() {
    float[] ones = new float[SHAPE.size()];
    Arrays.fill(ones, 1);
    assertArrayEquals(ones, run(new Graph(DataType.FLOAT, 1, SHAPE), RATE, 1)[0]);
    assertArrayEquals(ones, run(training(), 0, 1)[0]);
  }

  @Test
  void dependsOnlyOnTheStreamsAndThePlace() {
    float[][] y = run(training(), RATE, 7);
    assertArrayEquals(y[0], run(training(), RATE, 7)[0]);
    assertFalse(Arrays.equals(y[0], run(training(), RATE, 8)[0]));
    assertFalse(Arrays.equals(y[0], y[1]));
  }

  @Test
  void refusesARateOfOne() {
    ParameterScope scope = training().declare("network");
    SDVariable x = scope.sameDiff().placeHolder("x", DataType.FLOAT, 1, 2);
    assertThrows(RefusedException.class, () -> scope.dropout(x, 1, 1, 2));
  }

  private static Graph training() {
    return new Graph(DataType.FLOAT, 1, SHAPE, 0, true);
  }

  /** Applies dropout to ones in two places. */
  private static float[][] run(Graph graph, double rate, long seed) {
    ParameterLayout none = ParameterLayout.of(SHAPE, 1, p -> {});
    SDVariable x = graph.input("x", 1, SHAPE.size());
    var scope = graph.network("network", none);
    SDVariable first = scope.dropout(x, rate, 1, SHAPE.size());
    SDVariable second = scope.dropout(x, rate, 1, SHAPE.size());
    try (CompiledPlan plan =
        CompiledPlan.of(graph)
            .output("first", first.mul(1.0))
            .output("second", second.mul(1.0))
            .build()) {
      plan.input("x").assign(1);
      plan.drawDropout(new RandomStreams(seed));
      plan.run();
      return new float[][] {plan.get("first"), plan.get("second")};
    }
  }
}
