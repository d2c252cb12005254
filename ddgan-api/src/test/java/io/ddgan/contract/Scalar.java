package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.DataShape;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ReverseMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A scalar function of an array with its gradient, in a compiled plan and in SameDiff's session.
 */
public final class Scalar implements AutoCloseable {

  private static final double STEP = 1e-6;

  /** Rounding errors of sums in another order in single precision. */
  private static final double AGREEMENT = 1e-5;

  private final SameDiff sameDiff;
  private final SDVariable y;
  private final SDVariable gradient;
  private final CompiledPlan plan;

  /**
   * Compiles a function.
   *
   * @param shape shape of its argument
   */
  public Scalar(DataType type, UnaryOperator<SDVariable> function, long... shape) {
    Graph graph = new Graph(type, Math.toIntExact(shape[0]), DataShape.point(1));
    SDVariable x = graph.input("x", shape);
    sameDiff = graph.sameDiff();
    y = function.apply(x);
    gradient = new ReverseMode(sameDiff).gradients(y, List.of(x), Set.of()).get(x);
    plan = CompiledPlan.of(graph).output("y", y).output("gradient", gradient).build();
  }

  /** Returns the value at x. */
  public double value(double... x) {
    INDArray input = plan.input("x");
    input.assign(Nd4j.createFromArray(x).reshape(input.shape()));
    plan.run();
    return plan.output("y").getDouble(0);
  }

  /** Returns the gradient at x. */
  public double[] gradient(double... x) {
    value(x);
    return plan.output("gradient").dup().data().asDouble();
  }

  /** Fails unless the gradient at x equals central differences. */
  public void assertGradientEqualsDifferences(double... x) {
    double[] gradient = gradient(x);
    for (int i = 0; i < x.length; i++) {
      double[] moved = x.clone();
      moved[i] = x[i] + STEP;
      double above = value(moved);
      moved[i] = x[i] - STEP;
      double below = value(moved);
      double expected = (above - below) / (2 * STEP);
      assertEquals(expected, gradient[i], 1e-9 + 1e-7 * Math.abs(expected), "element " + i);
    }
  }

  /** Fails unless the session agrees to 1e-5 of the largest element. */
  public void assertAgreesWithTheSession(double... x) {
    value(x);
    Map<String, INDArray> session =
        sameDiff.output(Map.of("x", plan.input("x").dup()), y.name(), gradient.name());
    assertClose("value", session.get(y.name()), plan.output("y"));
    assertClose("gradient", session.get(gradient.name()), plan.output("gradient"));
  }

  private static void assertClose(String name, INDArray session, INDArray plan) {
    assertArrayEquals(session.shape(), plan.shape(), name);
    double tolerance = AGREEMENT * session.amaxNumber().doubleValue();
    assertArrayEquals(
        session.dup('c').data().asDouble(), plan.dup('c').data().asDouble(), tolerance, name);
  }

  @Override
  public void close() {
    plan.close();
  }
}
