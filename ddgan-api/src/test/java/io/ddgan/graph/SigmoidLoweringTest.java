package io.ddgan.graph;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;

class SigmoidLoweringTest {

  private final PlanAndSession both = new PlanAndSession();

  @ParameterizedTest
  @ValueSource(doubles = {1, 100})
  void sigmoidIsATanh(double scale) {
    SDVariable x = both.input("x", 5, 7);
    both.compare(both.sameDiff().nn().sigmoid(x.mul(scale)), x).agreeWithout("sigmoid");
  }
}
