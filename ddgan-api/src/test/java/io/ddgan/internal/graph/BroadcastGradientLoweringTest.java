package io.ddgan.internal.graph;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;

class BroadcastGradientLoweringTest {

  private final PlanAndSession both = new PlanAndSession();

  @ParameterizedTest(name = "{0} and {1}, by {2}")
  @MethodSource("io.ddgan.internal.graph.Broadcasts#all")
  void gradientsOfBroadcastSidesAreSums(long[] left, long[] right, String sides) {
    SDVariable x = both.input("x", left);
    SDVariable y = both.input("y", right);
    both.compare(x.add(y), both.inputs(sides)).agreeWithout("add_bp");
    both.compare(x.sub(y), both.inputs(sides)).agreeWithout("subtract_bp");
    both.compare(x.mul(y), both.inputs(sides)).agreeWithout("multiply_bp");
  }
}
