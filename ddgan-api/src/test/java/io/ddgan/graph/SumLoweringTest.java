package io.ddgan.graph;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.reduce.same.Sum;
import org.nd4j.linalg.factory.Nd4j;

class SumLoweringTest {

  private final PlanAndSession both = new PlanAndSession();

  @ParameterizedTest(name = "over {0}, keeping them: {1}")
  @MethodSource("io.ddgan.graph.Reductions#all")
  void sumsAreProducts(int[] dimensions, boolean keep) {
    SDVariable x = both.input("x", 2, 3, 4, 5);
    both.compare(x.sum(keep, dimensions)).agreeWithout("reduce_sum");
  }

  @Test
  void dimensionsOfOneCanBeReduced() {
    SDVariable x = both.input("x", 3, 1, 4, 1);
    both.compare(x.sum(0, 1)).agreeWithout("reduce_sum");
    both.compare(x.sum(true, 1, 2, 3)).agreeWithout("reduce_sum");
  }

  /** Where the session's results are wrong. */
  @Test
  void dimensionsCountFromTheEndAndStandInAnyOrder() {
    SDVariable x = both.input("x", 2, 3, 4, 5);
    both.compare(x.sum(true, -2, 0)).against(x.sum(true, 0, 2)).agreeWithout("reduce_sum");
    both.compare(x.sum(true, 3, -3)).against(x.sum(true, 1, 3)).agreeWithout("reduce_sum");
  }

  @Test
  void sumsOfIntegersStayAsTheyAre() {
    SDVariable positive = both.input("x", 3, 4).gt(0).castTo(DataType.INT32);
    both.compare(positive.sum(1)).agreeWith("reduce_sum");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sumsOverDimensionsFromTheGraphStayAsTheyAre(boolean keep) {
    SDVariable x = both.input("x", 2, 3, 4);
    SDVariable dimensions = both.sameDiff().constant(Nd4j.createFromArray(0, 2));
    SDVariable y = new Sum(both.sameDiff(), x, dimensions, keep).outputVariable();
    both.compare(y).against(x.sum(keep, 0, 2)).agreeWith("reduce_sum");
  }
}
