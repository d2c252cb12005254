package io.ddgan.graph;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class MeanLoweringTest {

  private final PlanAndSession both = new PlanAndSession();

  @ParameterizedTest(name = "over {0}, keeping them: {1}")
  @MethodSource("io.ddgan.graph.Reductions#all")
  void meansAreProducts(int[] dimensions, boolean keep) {
    SDVariable x = both.input("x", 2, 3, 4, 5);
    both.compare(x.mean(keep, dimensions)).agreeWithout("reduce_mean");
  }

  @Test
  void dimensionsOfOneCanBeReduced() {
    SDVariable x = both.input("x", 3, 1, 4, 1);
    both.compare(x.mean(0, 1)).agreeWithout("reduce_mean");
    both.compare(x.mean(true, 1, 2, 3)).agreeWithout("reduce_mean");
  }

  /** Where the session's results are wrong. */
  @Test
  void dimensionsCountFromTheEndAndStandInAnyOrder() {
    SDVariable x = both.input("x", 2, 3, 4, 5);
    both.compare(x.mean(true, -2, 0)).against(x.mean(true, 0, 2)).agreeWithout("reduce_mean");
    both.compare(x.mean(true, 3, -3)).against(x.mean(true, 1, 3)).agreeWithout("reduce_mean");
  }

  @Test
  void meansOfIntegersStayAsTheyAre() {
    SDVariable positive = both.input("x", 3, 4).gt(0).castTo(DataType.INT32);
    both.compare(positive.mean(1)).agreeWith("reduce_mean");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void meansOverDimensionsFromTheGraphStayAsTheyAre(boolean keep) {
    SDVariable x = both.input("x", 2, 3, 4);
    SDVariable dimensions = both.sameDiff().constant(Nd4j.createFromArray(0, 2));
    SDVariable y = both.sameDiff().mean(x, dimensions, keep);
    both.compare(y).against(x.mean(keep, 0, 2)).agreeWith("reduce_mean");
  }
}
