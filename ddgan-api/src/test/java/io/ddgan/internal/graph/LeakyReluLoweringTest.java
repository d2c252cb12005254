package io.ddgan.internal.graph;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;

class LeakyReluLoweringTest {

  private final PlanAndSession both = new PlanAndSession();

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 1})
  void leakyReluIsAMaximum(double slope) {
    both.compare(leakyRelu(slope)).agreeWithout("leakyrelu");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, 1.5})
  void aSlopeOutsideZeroToOneStaysAsItIs(double slope) {
    both.compare(leakyRelu(slope)).agreeWith("leakyrelu");
  }

  private SDVariable leakyRelu(double slope) {
    return both.sameDiff().nn().leakyRelu(both.input("x", 5, 7), slope);
  }
}
