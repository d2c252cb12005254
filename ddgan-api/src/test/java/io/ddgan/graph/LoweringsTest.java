package io.ddgan.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;

/** What a lowering puts in an operation's place computes the same. */
class LoweringsTest {

  private final PlanAndSession both = new PlanAndSession();

  @Test
  void reshapeIsAView() {
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

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 1})
  void leakyReluIsAMaximum(double slope) {
    SDVariable x = both.input("x", 5, 7);
    both.compare(both.sameDiff().nn().leakyRelu(x, slope), x).agreeWithout("leakyrelu", "lrelu_bp");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, 1.5})
  void leakyReluOfASlopeOutsideZeroToOneIsNotAMaximum(double slope) {
    SDVariable x = both.input("x", 5, 7);
    both.compare(both.sameDiff().nn().leakyRelu(x, slope), x).agreeWith("leakyrelu");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 100})
  void sigmoidIsATanh(double scale) {
    SDVariable x = both.input("x", 5, 7);
    both.compare(both.sameDiff().nn().sigmoid(x.mul(scale)), x).agreeWithout("sigmoid");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1, 100})
  void tanhIsTheFasterTanh(double scale) {
    SDVariable x = both.input("x", 5, 7);
    both.compare(both.sameDiff().math().tanh(x.mul(scale)), x).agreeWith("tanh");
  }

  static Stream<Arguments> reductions() {
    List<int[]> axes =
        List.of(
            new int[] {},
            new int[] {0},
            new int[] {1},
            new int[] {3},
            new int[] {0, 1},
            new int[] {1, 2},
            new int[] {2, 3},
            new int[] {1, 3},
            new int[] {0, 3},
            new int[] {0, 1, 2},
            new int[] {1, 2, 3},
            new int[] {0, 1, 2, 3});
    List<Arguments> all = new ArrayList<>();
    for (int[] a : axes) {
      for (boolean mean : new boolean[] {false, true}) {
        for (boolean keepDimensions : new boolean[] {false, true}) {
          all.add(Arguments.of(mean ? "mean" : "sum", a, keepDimensions));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0} over {1}, keeping them: {2}")
  @MethodSource("reductions")
  void reductionsAreProducts(String kind, int[] axes, boolean keepDimensions) {
    SDVariable x = both.input("x", 2, 3, 4, 5);
    both.compare(reduce(kind, x, axes, keepDimensions).mul(0.7), x)
        .agreeWithout("reduce_" + kind + "_bp");
  }

  /** Where the session's results are wrong. */
  @Test
  void dimensionsCountFromTheEndAndStandInAnyOrder() {
    SDVariable x = both.input("x", 2, 3, 4, 5);
    both.compare(x.sum(true, -2, 0)).against(x.sum(true, 0, 2)).agreeWithout();
    both.compare(x.mean(true, 3, -3)).against(x.mean(true, 1, 3)).agreeWithout();
    both.compare(x.max(true, -1)).against(x.max(true, 3)).areIdentical();
    both.compare(x.norm2(true, 2, 1)).against(x.norm2(true, 1, 2)).areIdentical();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sum", "mean"})
  void reductionsOfDimensionsOfOneAreProducts(String kind) {
    SDVariable x = both.input("x", 3, 1, 4, 1);
    both.compare(reduce(kind, x, new int[] {0, 1}, false).mul(0.7), x)
        .agreeWithout("reduce_" + kind + "_bp");
    both.compare(reduce(kind, x, new int[] {1, 2, 3}, true).mul(0.7), x)
        .agreeWithout("reduce_" + kind + "_bp");
  }

  private SDVariable reduce(String kind, SDVariable x, int[] axes, boolean keep) {
    return kind.equals("mean") ? x.mean(keep, axes) : x.sum(keep, axes);
  }

  @ParameterizedTest(name = "{0} and {1}")
  @CsvSource({
    "2-3-4, 2-3-4",
    "2-3-4, 4",
    "2-3-4, 3-1",
    "2-1-4, 1-3-1",
    "3-4, 2-3-4",
    "1-1-1, 2-3-4",
    "2-3-4, 1",
  })
  void gradientsOfBroadcastArithmeticAreSums(String left, String right) {
    SDVariable x = both.input("x", shape(left));
    SDVariable y = both.input("y", shape(right));
    SDVariable sum = x.add(y).sub(y.sub(x.mul(0.5)).mul(x)).div(x.mul(x).add(1));
    both.compare(sum, x, y).agreeWithout("add_bp", "subtract_bp", "multiply_bp", "divide_bp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "y"})
  void gradientsOfBroadcastArithmeticAreTakenOfOneSideAlone(String side) {
    SDVariable x = both.input("x", 2, 3, 4);
    SDVariable y = both.input("y", 3, 1);
    SDVariable product = x.mul(y).add(y).sub(x).add(x.add(3).div(y.add(9)));
    both.compare(product, side.equals("x") ? x : y).agreeWithout("multiply_bp");
  }

  static Stream<Arguments> products() {
    List<Arguments> all = new ArrayList<>();
    for (int rank : new int[] {2, 3}) {
      for (boolean left : new boolean[] {false, true}) {
        for (boolean right : new boolean[] {false, true}) {
          for (String wanted : List.of("a", "b", "ab")) {
            all.add(Arguments.of(rank, left, right, wanted));
          }
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "rank {0}, transposed: {1} and {2}, by {3}")
  @MethodSource("products")
  void gradientsOfMatrixProductsAreMatrixProducts(
      int rank, boolean left, boolean right, String wanted) {
    SDVariable a = both.input("a", matrix(rank, left, 3, 4));
    SDVariable b = both.input("b", matrix(rank, right, 4, 5));
    SDVariable product = both.sameDiff().mmul(a, b, left, right, false);
    SDVariable[] inputs =
        switch (wanted) {
          case "a" -> new SDVariable[] {a};
          case "b" -> new SDVariable[] {b};
          default -> new SDVariable[] {a, b};
        };
    both.compare(product, inputs).agreeWithout("matmul_bp");
  }

  @Test
  void theGradientOfAMatrixProductWithATransposedResultStaysAsItIs() {
    SDVariable a = both.input("a", 3, 4);
    SDVariable b = both.input("b", 4, 5);
    both.compare(both.sameDiff().mmul(a, b, false, false, true), a, b).agreeWith("matmul_bp");
  }

  @ParameterizedTest(name = "a kernel of {0} with a padding of {1}, same size: {2}")
  @CsvSource({"3, 1, false", "3, 0, false", "1, 0, false", "3, 0, true", "2, 0, true"})
  void theGradientOfAConvolutionsInputAloneIsATransposedConvolution(
      int kernel, int padding, boolean same) {
    SDVariable x = both.input("x", 2, 3, 6, 5);
    SDVariable w = both.input("w", 4, 3, kernel, kernel);
    var config = convolution(kernel, 1, padding).paddingMode(mode(same)).build();
    both.compare(both.sameDiff().cnn().conv2d(x, w, config), x).agreeWithout("conv2d_bp");
  }

  @Test
  void theGradientOfAConvolutionsInputDoesNotDependOnTheBias() {
    SDVariable x = both.input("x", 2, 3, 6, 5);
    SDVariable w = both.input("w", 4, 3, 3, 3);
    SDVariable b = both.input("b", 4);
    var config = convolution(3, 1, 1).paddingMode(PaddingMode.VALID).build();
    both.compare(both.sameDiff().cnn().conv2d(x, w, b, config), x).agreeWithout("conv2d_bp");
  }

  @Test
  void theGradientOfAConvolutionsWeightStaysAsItIs() {
    SDVariable x = both.input("x", 2, 3, 6, 5);
    SDVariable w = both.input("w", 4, 3, 3, 3);
    var config = convolution(3, 1, 1).paddingMode(PaddingMode.VALID).build();
    both.compare(both.sameDiff().cnn().conv2d(x, w, config), x, w).agreeWith("conv2d_bp");
  }

  @Test
  void theGradientOfAStridedConvolutionStaysAsItIs() {
    SDVariable x = both.input("x", 2, 3, 7, 7);
    SDVariable w = both.input("w", 4, 3, 3, 3);
    var config = convolution(3, 2, 1).paddingMode(PaddingMode.VALID).build();
    both.compare(both.sameDiff().cnn().conv2d(x, w, config), x).agreeWith("conv2d_bp");
  }

  @Test
  void sumsAndMeansOfIntegersAreThoseOfSameDiff() {
    SDVariable x = both.input("x", 3, 4);
    SDVariable positive = x.gt(0).castTo(DataType.INT32);
    both.compare(positive.mean(1)).areIdentical();
    both.compare(positive.sum(1)).areIdentical();
  }

  @Test
  void whatHasNoLoweringGivesTheSameBits() {
    SDVariable x = both.input("x", 2, 3, 6, 5);
    SDVariable w = both.input("w", 4, 3, 3, 3);
    var config = convolution(3, 1, 1).paddingMode(PaddingMode.VALID).build();
    SDVariable y = both.sameDiff().cnn().conv2d(x, w, config).permute(0, 2, 3, 1);
    y = both.sameDiff().concat(3, y, both.sameDiff().math().exp(y), y.mul(y).add(1));
    both.compare(both.sameDiff().nn().softmax(y, -1).rsub(1)).areIdentical();
  }

  @Test
  void otherReductionsGiveTheSameBits() {
    SDVariable x = both.input("x", 2, 3, 4);
    both.compare(x.max(1).add(x.norm2(1)).add(x.std(true, 1)).add(x.min())).areIdentical();
  }

  private static PaddingMode mode(boolean same) {
    return same ? PaddingMode.SAME : PaddingMode.VALID;
  }

  private static Conv2DConfig.Conv2DConfigBuilder convolution(int kernel, int stride, int padding) {
    return Conv2DConfig.builder()
        .kH(kernel)
        .kW(kernel)
        .sH(stride)
        .sW(stride)
        .pH(padding)
        .pW(padding)
        .weightsFormat(WeightsFormat.OIYX);
  }

  private static long[] matrix(int rank, boolean transposed, long rows, long columns) {
    long r = transposed ? columns : rows;
    long c = transposed ? rows : columns;
    return rank == 2 ? new long[] {r, c} : new long[] {2, r, c};
  }

  private static long[] shape(String text) {
    return Arrays.stream(text.split("-")).mapToLong(Long::parseLong).toArray();
  }
}
