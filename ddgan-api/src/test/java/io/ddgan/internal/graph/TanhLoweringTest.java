package io.ddgan.internal.graph;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;

class TanhLoweringTest {

  private final PlanAndSession both = new PlanAndSession();

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1, 100})
  void tanhIsTheFasterTanh(double scale) {
    SDVariable x = both.input("x", 5, 7);
    both.compare(both.sameDiff().math().tanh(x.mul(scale)), x).agreeWithout("tanh");
  }
}
