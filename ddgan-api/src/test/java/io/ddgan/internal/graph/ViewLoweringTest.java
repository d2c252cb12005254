package io.ddgan.internal.graph;

import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;

class ViewLoweringTest {

  private final PlanAndSession both = new PlanAndSession();

  @Test
  void anotherShapeIsAView() {
    SDVariable x = both.input("x", 2, 3, 4);
    both.compare(x.reshape(6, -1).mul(2).reshape(4, 3, 2).mul(x.reshape(4, 3, 2)), x)
        .agreeWithout("reshape");
  }

  @Test
  void addedDimensionsAreViews() {
    SDVariable x = both.input("x", 2, 3);
    SDVariable y = both.sameDiff().expandDims(both.sameDiff().expandDims(x, 1), -1);
    both.compare(y.mul(3), x).agreeWithout("expand_dims");
  }

  @Test
  void removedDimensionsAreViews() {
    SDVariable x = both.input("x", 2, 1, 3, 1);
    both.compare(both.sameDiff().squeeze(x, 1).mul(3), x).agreeWithout("squeeze");
  }

  @Test
  void aViewOfAnInputCanBeAnOutput() {
    SDVariable x = both.input("x", 2, 3);
    both.compare(x.reshape(3, 2)).areIdentical();
  }
}
