package io.ddgan.internal.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.ddgan.api.DataShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.ops.SDMath;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;

class GradientLoweringsTest {

  private final PlanAndSession both = new PlanAndSession();

  @ParameterizedTest(name = "{0} and {1}, by {2}")
  @MethodSource("broadcasts")
  void gradientsOfBroadcastSidesAreSums(long[] left, long[] right, String sides) {
    SDVariable x = both.input("x", left);
    SDVariable y = both.input("y", right);
    both.compare(x.add(y), both.inputs(sides)).agreeWithout("add_bp");
    both.compare(x.sub(y), both.inputs(sides)).agreeWithout("subtract_bp");
    both.compare(x.mul(y), both.inputs(sides)).agreeWithout("multiply_bp");
  }

  @ParameterizedTest(name = "{0} and {1}, by {2}")
  @MethodSource("ofSeveralOnTheRight")
  void gradientsOfQuotientsAreSums(long[] left, long[] right, String sides) {
    SDVariable x = both.input("x", left);
    SDVariable y = both.input("y", right);
    both.compare(x.div(both.sameDiff().math().exp(y)), both.inputs(sides))
        .agreeWithout("divide_bp");
  }

  /** The session's result is wrong: it multiplies sums instead of summing products. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void dividesByASingleElementAsByItsReciprocal(int dimensions) {
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

  private static final List<List<long[]>> SHAPES =
      List.of(
          pair(shape(2, 3, 4), shape(2, 3, 4)),
          pair(shape(2, 3, 4), shape(4)),
          pair(shape(2, 3, 4), shape(3, 1)),
          pair(shape(2, 1, 4), shape(1, 3, 1)),
          pair(shape(3, 4), shape(2, 3, 4)),
          pair(shape(1, 1, 1), shape(2, 3, 4)),
          pair(shape(1, 1, 1), shape(3)),
          pair(shape(3), shape(1, 1)),
          pair(shape(1, 1), shape(1)),
          pair(shape(2, 3, 4), shape(1)));

  /** Returns shapes of the left and the right side, and the sides to differentiate by. */
  static Stream<Arguments> broadcasts() {
    return SHAPES.stream()
        .flatMap(
            shapes ->
                Stream.of("x", "y", "xy")
                    .map(sides -> Arguments.of(shapes.get(0), shapes.get(1), sides)));
  }

  /** Returns the cases with more than one element on the right. */
  static Stream<Arguments> ofSeveralOnTheRight() {
    return broadcasts().filter(a -> LongStream.of((long[]) a.get()[1]).anyMatch(n -> n > 1));
  }

  private static List<long[]> pair(long[] left, long[] right) {
    return List.of(left, right);
  }

  private static long[] shape(long... dimensions) {
    return dimensions;
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
    both.compare(product, both.inputs(wanted)).agreeWithout("matmul_bp");
  }

  @Test
  void keepsGradientsOfTransposedProductsAndVectors() {
    SDVariable a = both.input("a", 3, 4);
    SDVariable b = both.input("b", 4, 5);
    SDVariable c = both.input("c", 4);
    both.compare(both.sameDiff().mmul(a, b, false, false, true), a, b).agreeWith("matmul_bp");
    // the native library refuses it, also in the session
    both.compare(both.sameDiff().mmul(a, c), a, c).keeps("matmul_bp");
  }

  private static long[] matrix(int rank, boolean transposed, long rows, long columns) {
    long r = transposed ? columns : rows;
    long c = transposed ? rows : columns;
    return rank == 2 ? new long[] {r, c} : new long[] {2, r, c};
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, 0, 0.2, 1, 1.5})
  void gradientsOfAnySlopeAreProducts(double slope) {
    SDVariable x = both.input("x", 5, 7);
    both.compare(both.sameDiff().nn().leakyRelu(x, slope), x).agreeWithout("lrelu_bp");
  }

  @ParameterizedTest(name = "a kernel of {0} with a padding of {1}, same size: {2}")
  @CsvSource({"3, 1, false", "3, 0, false", "1, 0, false", "3, 0, true", "2, 0, true"})
  void gradientsOfOnlyTheInputAreTransposedConvolutions(int kernel, int padding, boolean same) {
    SDVariable x = both.input("x", 2, 3, 6, 5);
    SDVariable w = both.input("w", 4, 3, kernel, kernel);
    var config = convolution(kernel, padding).paddingMode(mode(same)).build();
    both.compare(both.sameDiff().cnn().conv2d(x, w, config), x).agreeWithout("conv2d_bp");
    SDVariable b = both.input("b", 4);
    both.compare(both.sameDiff().cnn().conv2d(x, w, b, config), x).agreeWithout("conv2d_bp");
  }

  @Test
  void keepsOtherGradientsOfConvolutions() {
    SDVariable x = both.input("x", 2, 3, 7, 7);
    SDVariable w = both.input("w", 4, 3, 3, 3);
    var strides = convolution(3, 1).sH(2).sW(2).build();
    var format = convolution(3, 1).weightsFormat(WeightsFormat.YXIO).build();
    var dilations = convolution(3, 2).dH(2).dW(2).build();
    var cnn = both.sameDiff().cnn();
    both.compare(cnn.conv2d(x, w, convolution(3, 1).build()), x, w).agreeWith("conv2d_bp");
    both.compare(cnn.conv2d(x, w, strides), x).agreeWith("conv2d_bp");
    both.compare(cnn.conv2d(x, both.input("v", 3, 3, 3, 4), format), x).agreeWith("conv2d_bp");
    // the native library refuses it, also in the session
    both.compare(cnn.conv2d(x, w, dilations), x).keeps("conv2d_bp");
  }

  private static PaddingMode mode(boolean same) {
    return same ? PaddingMode.SAME : PaddingMode.VALID;
  }

  static Conv2DConfig.Conv2DConfigBuilder convolution(int kernel, int padding) {
    return Conv2DConfig.builder()
        .kH(kernel)
        .kW(kernel)
        .pH(padding)
        .pW(padding)
        .paddingMode(PaddingMode.VALID)
        .weightsFormat(WeightsFormat.OIYX);
  }

  /** Repeats the native operation, which fails only sometimes. */
  @RepeatedTest(20)
  void slicesOmittedDimensionsFully() {
    assertSliceGradient(x -> x.get(SDIndex.point(1)), 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1);
  }

  @Test
  void slicesSeveralDimensions() {
    assertSliceGradient(
        x ->
            x.getSameDiff()
                .stridedSlice(x, new long[] {0, 0}, new long[] {2, 3}, new long[] {1, 2}),
        1,
        1,
        0,
        0,
        1,
        1,
        1,
        1,
        0,
        0,
        1,
        1);
  }

  @Test
  void keepsSlicesOfAllDimensions() {
    SDVariable y = both.input("y", 2, 3);
    both.compare(
            both.sameDiff()
                .stridedSlice(y, new long[] {0, 1}, new long[] {2, 3}, new long[] {1, 1}),
            y)
        .agreeWith("strided_slice_bp");
  }

  private static void assertSliceGradient(UnaryOperator<SDVariable> slice, float... expected) {
    Graph graph = new Graph(DataType.FLOAT, 1, DataShape.point(1));
    SDVariable x = graph.input("x", 2, 3, 2);
    SDVariable gradient =
        new ReverseMode(graph.sameDiff())
            .gradients(slice.apply(x).sum(), List.of(x), Set.of())
            .get(x);
    try (CompiledPlan plan = CompiledPlan.of(graph).output("gradient", gradient).build()) {
      float[] values = new float[12];
      Arrays.fill(values, 3);
      plan.set("x", values);
      plan.run();
      assertArrayEquals(expected, plan.get("gradient"));
    }
  }
}
