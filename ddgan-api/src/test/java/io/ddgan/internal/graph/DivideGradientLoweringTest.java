package io.ddgan.internal.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.ops.SDMath;

class DivideGradientLoweringTest {

  private final PlanAndSession both = new PlanAndSession();

  @ParameterizedTest(name = "{0} and {1}, by {2}")
  @MethodSource("io.ddgan.internal.graph.Broadcasts#ofSeveralOnTheRight")
  void gradientsOfBroadcastSidesAreSums(long[] left, long[] right, String sides) {
    SDVariable x = both.input("x", left);
    SDVariable y = both.input("y", right);
    both.compare(x.div(both.sameDiff().math().exp(y)), both.inputs(sides))
        .agreeWithout("divide_bp");
  }

  /** Where the session's result is wrong: it multiplies sums instead of summing products. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void theGradientOfASingleDivisorIsThatOfItsReciprocalAsAFactor(int dimensions) {
    SDVariable x = both.input("x", 2, 3, 4);
    long[] single = new long[dimensions];
    Arrays.fill(single, 1);
    SDVariable y = both.input("y", single);
    SDMath math = both.sameDiff().math();
    both.compare(gradient(x.div(math.exp(y)), y))
        .against(gradient(x.mul(math.exp(y.neg())), y))
        .agreeWithout("divide_bp");
  }

  private SDVariable gradient(SDVariable of, SDVariable by) {
    SameDiff sd = both.sameDiff();
    SDVariable scalar = sd.math().sin(of).sum();
    return new ReverseMode(sd).gradients(scalar, List.of(by), Set.of()).get(by);
  }
}
