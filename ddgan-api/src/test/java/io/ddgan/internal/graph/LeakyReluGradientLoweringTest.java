package io.ddgan.internal.graph;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;

class LeakyReluGradientLoweringTest {

  private final PlanAndSession both = new PlanAndSession();

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, 0, 0.2, 1, 1.5})
  void theGradientOfAnySlopeIsAProduct(double slope) {
    SDVariable x = both.input("x", 5, 7);
    both.compare(both.sameDiff().nn().leakyRelu(x, slope), x).agreeWithout("lrelu_bp");
  }
}
