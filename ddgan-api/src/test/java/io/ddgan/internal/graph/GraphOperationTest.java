package io.ddgan.internal.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;

/** The view of an operation for rules of differentiation. */
class GraphOperationTest {

  private final PlanAndSession both = new PlanAndSession();
  private final SameDiff sd = both.sameDiff();
  private final SDVariable x = both.input("x", 2, 3, 4, 5);

  @Test
  void exposesOptionsAndReductionDimensions() {
    GraphOperation max = operation(x.max(true, 2, 3));
    assertEquals("reduce_max", max.name());
    assertEquals(List.of(2L, 3L), max.integers());
    assertEquals(List.of(true), max.booleans());
    assertEquals(List.of(false), operation(x.norm2(1)).booleans());
    assertEquals(0.25, operation(sd.nn().leakyRelu(x, 0.25)).numbers().get(0), 1e-7);
    assertEquals(List.of(-1L), operation(sd.nn().softmax(x, -1)).integers());
  }

  @Test
  void castsKeepTheirType() {
    SDVariable positive = x.gt(0).castTo(DataType.FLOAT);
    SDVariable other = x.lt(0.5);
    SDVariable again = operation(positive).on(List.of(other));
    assertEquals(DataType.FLOAT, again.dataType());
    both.compare(again).against(other.castTo(DataType.FLOAT)).areIdentical();
  }

  @Test
  void convolutionsKeepTheFormatOfTheirWeights() {
    SDVariable w = both.input("w", 6, 3, 3, 3);
    SDVariable b = both.input("b", 6);
    SDVariable y = both.input("y", 2, 3, 4, 5);
    SDVariable again = operation(sd.cnn().conv2d(x, w, b, config())).on(List.of(y, w));
    both.compare(again).against(sd.cnn().conv2d(y, w, config())).areIdentical();
  }

  /** Its class extends that of the ordinary convolution. */
  @Test
  void separableConvolutionsStaySeparable() {
    SDVariable depth = both.input("depth", 2, 3, 3, 3);
    SDVariable convolved =
        sd.cnn().separableConv2d(x, depth, both.input("point", 4, 6, 1, 1), config());
    GraphOperation separable = operation(convolved);
    GraphOperation again = operation(separable.on(separable.arguments()));
    assertEquals("sconv2d", separable.name());
    assertEquals("sconv2d", again.name());
  }

  private GraphOperation operation(SDVariable output) {
    return new GraphOperation(sd, sd.getVariableOutputOp(output.name()));
  }

  private static Conv2DConfig config() {
    return GradientLoweringsTest.convolution(3, 1).build();
  }
}
