package io.ddgan.internal.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.PadMode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.reduce.same.Sum;
import org.nd4j.linalg.factory.Nd4j;

class ReverseModeTest {

  private final Graph graph = new Graph(DataType.DOUBLE, 1, DataShape.point(1));
  private final SameDiff sd = graph.sameDiff();
  private final SDVariable x = graph.input("x", 4);
  private final SDVariable y = graph.input("y", 4);
  private final double[] atX = {1, -2, 3, 0.5};
  private final double[] atY = {2, 5, -1, 4};

  @Test
  void gradientsFollowTheRulesOfCalculus() {
    SDVariable product = x.mul(y).sum();
    assertGradient(atY, product, x, Set.of());
    assertGradient(atX, product, y, Set.of());
    SDVariable meeting = x.mul(x).add(x.mul(3)).sum();
    assertGradient(new double[] {5, -1, 9, 4}, meeting, x, Set.of());
    SDVariable inner = x.mul(2);
    assertGradient(new double[] {4, -8, 12, 2}, sd.math().square(inner).sum(), inner, Set.of());
    SDVariable gradient = gradients(product, List.of(x), Set.of()).get(x);
    SDVariable penalty = sd.math().square(gradient).sum();
    assertGradient(new double[] {4, 10, -2, 8}, penalty, gradient, Set.of());
  }

  @Test
  void stopsGradientsAtConstants() {
    SDVariable constant = x.mul(2);
    assertGradient(new double[] {2, -4, 6, 1}, x.mul(constant).sum(), x, Set.of(constant));
    SDVariable[] halves = sd.split(x.mul(2), 2, 0);
    SDVariable scalar = halves[0].mul(halves[1]).sum();
    assertGradient(new double[] {0, 0, 4, -8}, scalar, x, Set.of(halves[0]));
  }

  @Test
  void unusedOutputsGetZeroGradients() {
    SDVariable[] halves = sd.split(x.mul(2), 2, 0);
    assertGradient(new double[] {0, 0, 24, 4}, sd.math().square(halves[1]).sum(), x, Set.of());
    SDVariable[] elements = sd.unstack(x, 0, 4);
    assertGradient(new double[] {0, 1, 0, 0}, elements[1].mul(1), x, Set.of());
  }

  @Test
  void omitsVariablesWithoutAGradient() {
    SDVariable constant = y.mul(2);
    SDVariable decided = x.mul(y.gt(0).castTo(DataType.DOUBLE)).sum();
    SDVariable blocked = x.mul(constant).sum();
    for (SDVariable scalar : List.of(x.sum(), decided, blocked)) {
      assertEquals(
          Set.of(x), gradients(scalar, List.of(x, y), Set.of(constant)).keySet(), scalar.name());
    }
    assertGradient(new double[] {1, 1, 0, 1}, decided, x, Set.of());
  }

  @Test
  void paddingWithZerosHasAGradientAndReflectedPaddingHasNone() {
    SDVariable padding = sd.constant(Nd4j.createFromArray(new int[][] {{1, 1}}));
    SDVariable constant = sd.nn().pad(x, padding, PadMode.CONSTANT, 7).mul(2).sum();
    assertGradient(new double[] {2, 2, 2, 2}, constant, x, Set.of());
    assertRefused("constant padding only", sd.nn().pad(x, padding, PadMode.REFLECT, 0));
  }

  @Test
  void scalesTheGradientOfALoss() {
    SDVariable twice = sd.loss().meanSquaredError(y, x, null).mul(2);
    assertGradient(new double[] {-1, -7, 4, -3.5}, twice, x, Set.of());
    SDVariable absolute = sd.loss().absoluteDifference(y, x, null).mul(8);
    assertGradient(new double[] {-2, -2, 2, -2}, absolute, x, Set.of());
    assertGradient(new double[] {3, -6, 9, 1.5}, sd.loss().l2Loss(x).mul(3), x, Set.of());
  }

  @Test
  void chosenSidesGetTheGradientOfMaximumAndMinimum() {
    SDVariable greater = sd.math().max(x, y).mul(y).sum();
    assertGradient(new double[] {0, 0, -1, 0}, greater, x, Set.of());
    SDVariable smaller = sd.math().min(x, y).mul(3).sum();
    assertGradient(new double[] {3, 3, 0, 3}, smaller, x, Set.of());
  }

  @Test
  void broadcastSidesOfAMaximumGetSummedGradients() {
    SDVariable mean = x.mean(true, 0);
    SDVariable greater = sd.math().max(y, mean).sum();
    assertGradient(new double[] {1}, greater, mean, Set.of());
    SDVariable greatest = sd.math().max(y.reshape(2, 2), sd.math().abs(mean)).sum();
    assertGradient(new double[] {0.25, 0.25, 0.25, 0.25}, greatest, x, Set.of());
  }

  @Test
  void rowsGatheredTwiceGetTheSum() {
    SDVariable indices = sd.constant(Nd4j.createFromArray(2, 0, 2));
    SDVariable weights = sd.constant(Nd4j.createFromArray(1.0, 10.0, 100.0));
    SDVariable scalar = sd.gather(x, indices, 0).mul(weights).sum();
    assertGradient(new double[] {10, 0, 101, 0}, scalar, x, Set.of());
    assertGradient(new double[] {20, 0, 202, 0}, scalar.mul(2), x, Set.of());
  }

  @Test
  void dimensionsOfASumMayBeAVariable() {
    SDVariable rows = x.reshape(2, 2);
    SDVariable sums = new Sum(sd, rows, sd.constant(Nd4j.createFromArray(1))).outputVariable();
    assertGradient(new double[] {-2, -2, 7, 7}, sd.math().square(sums).sum(), x, Set.of());
  }

  @Test
  void namesOperationsWithWrongOrMissingGradients() {
    assertRefused("gradient of the operation clipbynorm is wrong", sd.math().clipByNorm(x, 1));
    assertRefused("cannot differentiate the operation top_k", sd.nn().topK(x, 2, true)[0]);
  }

  private void assertRefused(String expected, SDVariable y) {
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> gradients(y.sum(), List.of(x), Set.of()));
    assertTrue(error.getMessage().contains(expected), error::getMessage);
  }

  private Map<SDVariable, SDVariable> gradients(
      SDVariable scalar, List<SDVariable> variables, Set<SDVariable> constants) {
    return new ReverseMode(sd).gradients(scalar, variables, constants);
  }

  private void assertGradient(
      double[] expected, SDVariable scalar, SDVariable variable, Set<SDVariable> constants) {
    SDVariable gradient = gradients(scalar, List.of(variable), constants).get(variable);
    try (CompiledPlan plan = CompiledPlan.of(graph).output("gradient", gradient).build()) {
      plan.input("x").assign(Nd4j.createFromArray(atX));
      plan.input("y").assign(Nd4j.createFromArray(atY));
      plan.run();
      assertArrayEquals(expected, plan.output("gradient").dup().data().asDouble(), 1e-12);
    }
  }
}
