package io.ddgan.internal.graph;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.PadMode;
import org.nd4j.linalg.factory.Nd4j;

class LoweringsTest {

  private final PlanAndSession both = new PlanAndSession();

  static Stream<Arguments> operations() {
    return Stream.of(
        function("exp", (sd, x) -> sd.math().exp(x)),
        function("log1p", (sd, x) -> sd.math().log1p(sd.math().exp(x))),
        function("sin", (sd, x) -> sd.math().sin(x)),
        function("cos", (sd, x) -> sd.math().cos(x)),
        function("abs", (sd, x) -> sd.math().abs(x)),
        function("square", (sd, x) -> sd.math().square(x)),
        function("sqrt", (sd, x) -> sd.math().sqrt(sd.math().exp(x))),
        function("scalars", (sd, x) -> x.mul(3).add(0.7).rsub(1).div(1.3).neg()),
        function("softmax", (sd, x) -> sd.math().square(sd.nn().softmax(x, -1))),
        function("concat", (sd, x) -> sd.math().exp(sd.concat(1, x, sd.math().sin(x)))),
        function("slice", (sd, x) -> sd.math().exp(sd.slice(x, new int[] {0, 1, 1}, 2, 2, 3))),
        function(
            "strided slice",
            (sd, x) ->
                sd.math()
                    .exp(
                        sd.stridedSlice(
                            x, new long[] {0, 0, 0}, new long[] {2, 3, 4}, new long[] {1, 2, 3}))),
        function("permute", (sd, x) -> sd.math().exp(x.permute(2, 0, 1))),
        function("tile", (sd, x) -> sd.math().exp(sd.tile(x, 1, 2, 1))),
        function(
            "pad",
            (sd, x) -> {
              int[][] padding = {{0, 0}, {1, 2}, {0, 1}};
              SDVariable by = sd.constant(Nd4j.createFromArray(padding));
              return sd.math().exp(sd.nn().pad(x, by, PadMode.CONSTANT, 0));
            }),
        function("stack", (sd, x) -> sd.stack(0, sd.unstack(sd.math().exp(x), 1, 3))),
        function("cumsum", (sd, x) -> sd.math().exp(sd.cumsum(x, false, false, 2))));
  }

  private static Arguments function(String name, Function function) {
    return arguments(name, function);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void operationsWithoutALoweringGiveTheSameBits(String name, Function function) {
    SDVariable x = both.input("x", 2, 3, 4);
    both.compareElements(function.of(both.sameDiff(), x), x).areIdenticalWithoutLowering();
  }

  @Test
  void convolutionsAndMatrixProductsGiveTheSameBits() {
    SameDiff sd = both.sameDiff();
    SDVariable x = both.input("x", 2, 3, 6, 5);
    SDVariable w = both.input("w", 4, 3, 3, 3);
    SDVariable m = both.input("m", 2, 6, 4, 7);
    var config = GradientLoweringsTest.convolution(3, 1).build();
    SDVariable y = sd.mmul(sd.cnn().conv2d(x, w, config).permute(0, 2, 3, 1), m);
    y = sd.concat(3, y, sd.math().exp(y), y.mul(y).add(1));
    both.compare(sd.nn().softmax(y, -1).rsub(1)).areIdenticalWithoutLowering();
  }

  /** Cases where the session's results are wrong. */
  @Test
  void otherReductionsAcceptNegativeAndUnsortedDimensions() {
    SDVariable x = both.input("x", 2, 3, 4, 5);
    both.compare(x.max(true, -1)).against(x.max(true, 3)).areIdentical();
    both.keeps("reduce_max");
    both.compare(x.norm2(true, 2, 1)).against(x.norm2(true, 1, 2)).areIdentical();
    both.keeps("reduce_norm2");
    PlanAndSession others = new PlanAndSession();
    SDVariable y = others.input("y", 2, 3, 4);
    others
        .compare(y.max(1).add(y.norm2(1)).add(y.std(true, 1)).add(y.min()))
        .areIdenticalWithoutLowering();
  }

  @Test
  void runsOperationsWithoutALoweringUnchanged() {
    SDVariable x = both.input("x", 3, 8);
    SDVariable reversed = both.sameDiff().reverse(x, 1);
    both.compare(both.sameDiff().cumsum(reversed, false, false, 1), x)
        .agreeWith("reverse", "cumsum", "cumsum_bp");
  }

  /** A function that a plug-in could write. */
  interface Function {
    SDVariable of(SameDiff sd, SDVariable x);
  }

  @Test
  void reshapesAsAView() {
    SDVariable x = both.input("x", 2, 3, 4);
    both.compare(x.reshape(6, -1).mul(2).reshape(4, 3, 2).mul(x.reshape(4, 3, 2)), x)
        .agreeWithout("reshape");
    SDVariable y = both.input("y", 2, 1, 3, 1);
    both.compare(both.sameDiff().squeeze(y, 1).mul(3), y).agreeWithout("squeeze");
    both.compare(both.sameDiff().expandDims(y, -1).mul(3), y).agreeWithout("expand_dims");
  }

  @Test
  void viewsOfInputsMayBeOutputs() {
    SDVariable x = both.input("x", 2, 3);
    both.compare(x.reshape(3, 2)).areIdentical();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, 0, 0.2, 1, 1.5})
  void leakyReluIsAMaximumForSlopesFromZeroToOne(double slope) {
    both.compare(both.sameDiff().nn().leakyRelu(both.input("x", 5, 7), slope));
    if (slope < 0 || slope > 1) {
      both.agreeWith("leakyrelu");
    } else {
      both.agreeWithout("leakyrelu");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1, 100})
  void usesTheFasterTanh(double scale) {
    SDVariable x = both.input("x", 5, 7);
    both.compare(both.sameDiff().math().tanh(x.mul(scale)), x).agreeWithout("tanh");
  }
}
