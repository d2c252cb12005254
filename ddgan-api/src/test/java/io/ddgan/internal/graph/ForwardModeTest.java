package io.ddgan.internal.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.TangentRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.DataFormat;
import org.nd4j.enums.PadMode;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

class ForwardModeTest {

  private static final long[] SHAPE = {2, 4, 4, 6};
  private static final double STEP = 1e-5;

  private final Graph graph = new Graph(DataType.DOUBLE, 2, DataShape.point(1));
  private final SameDiff sd = graph.sameDiff();
  private final SDVariable x = graph.input("x", SHAPE);
  private final SDVariable v = graph.input("v", SHAPE);

  /** Functions of an array of shape 2x4x4x6, by the operation they use. */
  static Stream<Arguments> functions() {
    return Stream.of(
        function("identity", (sd, x) -> sd.identity(x).mul(2)),
        function("neg", (sd, x) -> x.neg()),
        function("mul_scalar", (sd, x) -> x.mul(3.5)),
        function("div_scalar", (sd, x) -> x.div(3.5)),
        function("add_scalar", (sd, x) -> x.add(3.5)),
        function("sub_scalar", (sd, x) -> x.sub(3.5)),
        function("rsub_scalar", (sd, x) -> x.rsub(3.5)),
        function("reshape", (sd, x) -> x.reshape(6, -1)),
        function("reshape", (sd, x) -> x.reshape(8, 4, 6)),
        function("permute", (sd, x) -> x.permute(2, 0, 3, 1)),
        function("transpose", (sd, x) -> sd.transpose(x.reshape(8, 24))),
        function("expand_dims", (sd, x) -> sd.expandDims(x, 2)),
        function("squeeze", (sd, x) -> sd.squeeze(x.reshape(8, 1, 24), 1)),
        function("tile", (sd, x) -> sd.tile(x, 1, 2, 3, 1)),
        function("reduce_sum", (sd, x) -> x.sum()),
        function("reduce_sum", (sd, x) -> x.sum(1)),
        function("reduce_sum", (sd, x) -> x.sum(true, 0, 2)),
        function("reduce_sum", (sd, x) -> x.sum(false, 1, 3)),
        function("reduce_mean", (sd, x) -> x.mean()),
        function("reduce_mean", (sd, x) -> x.mean(3)),
        function("reduce_mean", (sd, x) -> x.mean(true, 0, 2)),
        function("reduce_mean", (sd, x) -> x.mean(false, 1, 3)),
        function(
            "strided_slice",
            (sd, x) ->
                sd.stridedSlice(
                    x, new long[] {0, 1, 0, 1}, new long[] {2, 3, 4, 6}, new long[] {1, 1, 2, 3})),
        function(
            "strided_slice",
            (sd, x) ->
                sd.stridedSlice(
                    x,
                    new long[] {0, 1, 0, 1},
                    new long[] {2, 3, 4, 6},
                    new long[] {1, 1, 2, 3},
                    1,
                    4,
                    0,
                    0,
                    2)),
        function("slice", (sd, x) -> sd.slice(x, new int[] {0, 1, 2, 0}, 2, 3, 1, 5)),
        function("pad", (sd, x) -> pad(sd, x, PadMode.CONSTANT, 0)),
        function("pad", (sd, x) -> pad(sd, x, PadMode.CONSTANT, 5)),
        function("avgpool2d", (sd, x) -> sd.cnn().avgPooling2d(x, pooling(2, 2, 0))),
        function("avgpool2d", (sd, x) -> sd.cnn().avgPooling2d(x, pooling(3, 1, 1))),
        function("upsampling2d", (sd, x) -> sd.cnn().upsampling2d(x, 2, 2, true)),
        function("upsampling2d", (sd, x) -> sd.cnn().upsampling2d(x, 3, 2, true)),
        function("space_to_depth", (sd, x) -> sd.cnn().spaceToDepth(x, 2, DataFormat.NCHW)),
        function("depth_to_space", (sd, x) -> sd.cnn().depthToSpace(x, 2, DataFormat.NCHW)),
        function("concat", (sd, x) -> sd.concat(2, x, x.mul(2))),
        function("concat", (sd, x) -> sd.concat(1, fixed(sd, 2, 3, 4, 6), x)),
        function(
            "matmul", (sd, x) -> sd.mmul(x.reshape(8, 24), fixed(sd, 24, 3), false, false, false)),
        function(
            "matmul", (sd, x) -> sd.mmul(x.reshape(24, 8), fixed(sd, 3, 24), true, true, false)),
        function(
            "matmul", (sd, x) -> sd.mmul(fixed(sd, 3, 8), x.reshape(8, 24), false, false, false)),
        function(
            "matmul", (sd, x) -> sd.mmul(fixed(sd, 24, 3), x.reshape(8, 24), true, true, false)),
        function(
            "matmul", (sd, x) -> sd.mmul(x.reshape(8, 24), x.reshape(8, 24), true, false, false)),
        function("matmul", (sd, x) -> sd.mmul(x, x.mul(2), false, true, false)),
        function("multiply", (sd, x) -> x.mul(x)),
        function("multiply", (sd, x) -> x.mul(fixed(sd, 4, 1, 1))),
        function("multiply", (sd, x) -> x.sum(true, 1).mul(fixed(sd, SHAPE))),
        function("add", (sd, x) -> x.add(x.mul(2))),
        function("add", (sd, x) -> x.add(fixed(sd, 4, 1, 1))),
        function("add", (sd, x) -> x.sum(true, 1).add(fixed(sd, SHAPE))),
        function("add", (sd, x) -> fixed(sd, SHAPE).add(x.sum(true, 1))),
        function("subtract", (sd, x) -> x.sub(x.sum(true, 1))),
        function("subtract", (sd, x) -> x.sub(fixed(sd, 4, 1, 1))),
        function("subtract", (sd, x) -> fixed(sd, SHAPE).sub(x.sum(true, 1))),
        function("divide", (sd, x) -> x.div(x.mul(x).add(2))),
        function("divide", (sd, x) -> x.div(fixed(sd, 4, 1, 1))),
        function("divide", (sd, x) -> fixed(sd, SHAPE).div(x.mul(x).sum(true, 1))),
        function("square", (sd, x) -> sd.math().square(x)),
        function("sqrt", (sd, x) -> sd.math().sqrt(x.mul(x).add(1))),
        function("exp", (sd, x) -> sd.math().exp(x)),
        function("log", (sd, x) -> sd.math().log(x.mul(x).add(1))),
        function("tanh", (sd, x) -> sd.math().tanh(x)),
        function("sigmoid", (sd, x) -> sd.nn().sigmoid(x)),
        function("softplus", (sd, x) -> sd.nn().softplus(x)),
        function("leakyrelu", (sd, x) -> sd.nn().leakyRelu(x, 0.2)),
        function("leakyrelu", (sd, x) -> sd.nn().leakyRelu(x, 0)),
        function("relu", (sd, x) -> sd.nn().relu(x, 0)),
        function("abs", (sd, x) -> sd.math().abs(x)),
        function("log1p", (sd, x) -> sd.math().log1p(x.mul(x))),
        function("rdiv_scalar", (sd, x) -> x.mul(x).add(1).rdiv(2)),
        function("swish", (sd, x) -> sd.nn().swish(x)),
        function("elu", (sd, x) -> sd.nn().elu(x)),
        function("softmax", (sd, x) -> sd.nn().softmax(x)),
        function("softmax", (sd, x) -> sd.nn().softmax(x, 1)),
        function("maximum", (sd, x) -> sd.math().max(x, x.mul(x))),
        function("maximum", (sd, x) -> sd.math().max(x, fixed(sd, 4, 1, 1))),
        function("maximum", (sd, x) -> sd.math().max(x.sum(true, 1), fixed(sd, SHAPE))),
        function("minimum", (sd, x) -> sd.math().min(x, x.mul(x))),
        function("minimum", (sd, x) -> sd.math().min(fixed(sd, SHAPE), x.sum(true, 1))),
        function("squaredsubtract", (sd, x) -> sd.math().squaredDifference(x, fixed(sd, 4, 1, 1))),
        function("stack", (sd, x) -> sd.stack(1, x, fixed(sd, SHAPE), x.mul(x))),
        function("biasadd", (sd, x) -> sd.nn().biasAdd(x, fixed(sd, 4), true)),
        function(
            "xw_plus_b",
            (sd, x) -> sd.nn().linear(x.reshape(8, 24), fixed(sd, 24, 3), fixed(sd, 3))),
        function("conv2d", (sd, x) -> sd.cnn().conv2d(x, fixed(sd, 3, 4, 3, 3), convolution(1, 1))),
        function(
            "conv2d",
            (sd, x) -> sd.cnn().conv2d(x, fixed(sd, 3, 4, 3, 3), fixed(sd, 3), convolution(2, 0))));
  }

  private static Arguments function(String operation, Function function) {
    return Arguments.of(operation, function);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void productsEqualDifferencesAndAreDifferentiable(String operation, Function function) {
    SDVariable y = function.of(sd, x);
    SDVariable product = new ForwardMode(sd, Map.of()).product(y, x, v, Set.of());
    assertTrue(operations().contains(operation), () -> operation + " in " + operations());
    SDVariable scalar = sd.math().sin(product).sum();
    Map<SDVariable, SDVariable> gradients =
        new ReverseMode(sd).gradients(scalar, List.of(x, v), Set.of());
    Map<String, SDVariable> outputs = new LinkedHashMap<>();
    outputs.put("y", y);
    outputs.put("product", product);
    outputs.put("scalar", scalar);
    gradients.forEach((input, gradient) -> outputs.put("by " + input.name(), gradient));
    CompiledPlan.Builder builder = CompiledPlan.of(graph);
    outputs.forEach(builder::output);
    try (CompiledPlan plan = builder.build()) {
      fill(plan.input("x"), "x");
      fill(plan.input("v"), "v");
      plan.run();
      Map<String, INDArray> at = new LinkedHashMap<>();
      outputs.keySet().forEach(name -> at.put(name, plan.output(name).dup()));

      INDArray direction = plan.input("v").dup();
      assertClose(difference(plan, "x", direction, "y"), at.get("product"));
      for (String input : List.of("x", "v")) {
        INDArray other = plan.input(input).dup();
        fill(other, "direction");
        INDArray along =
            at.containsKey("by " + input)
                ? at.get("by " + input).mul(other).sum()
                : Nd4j.scalar(0.0);
        assertClose(difference(plan, input, other, "scalar"), along);
      }
    }
  }

  @Test
  void coversEveryRule() {
    Set<Object> tested = functions().map(each -> each.get()[0]).collect(Collectors.toSet());
    tested.add("cast");
    assertEquals(TangentRules.standard().keySet(), tested);
  }

  @Test
  void castsTheVectorAndTreatsIntegersAsConstant() {
    SDVariable twice = x.castTo(DataType.FLOAT).mul(2).castTo(DataType.DOUBLE);
    SDVariable positive = x.gt(0).castTo(DataType.DOUBLE);
    SDVariable rounded = x.castTo(DataType.INT32).castTo(DataType.DOUBLE);
    ForwardMode forward = new ForwardMode(sd, Map.of());
    SDVariable cast = forward.product(twice, x, v, Set.of());
    SDVariable masked = forward.product(x.mul(positive).add(rounded), x, v, Set.of());
    try (CompiledPlan plan =
        CompiledPlan.of(graph)
            .output("cast", cast)
            .output("masked", masked)
            .output("mask", positive)
            .build()) {
      fill(plan.input("x"), "x");
      fill(plan.input("v"), "v");
      plan.run();
      assertClose(plan.input("v").mul(2), plan.output("cast"));
      assertClose(plan.input("v").mul(plan.output("mask")), plan.output("masked"));
    }
  }

  @Test
  void ignoresOperationsWithoutARuleThatTheOutputDoesNotUse() {
    SDVariable y = x.mul(sd.math().sin(v)).sum();
    SDVariable unrelated = sd.math().sin(x);
    assertEquals(y.dataType(), new ForwardMode(sd, Map.of()).product(y, x, v, Set.of()).dataType());
    assertEquals(unrelated.dataType(), y.dataType());
  }

  @Test
  void customRulesTakePrecedence() {
    TangentRule sine =
        (op, t) -> t.get(0).orElseThrow().mul(op.sameDiff().math().cos(op.argument(0)));
    TangentRule seven = (op, t) -> t.get(0).orElseThrow().mul(7);
    SDVariable y = sd.math().sin(x.mul(2));
    ForwardMode forward = new ForwardMode(sd, Map.of("sin", sine, "exp", seven));
    SDVariable product = forward.product(y, x, v, Set.of());
    SDVariable sevenfold = forward.product(sd.math().exp(x), x, v, Set.of());
    try (CompiledPlan plan =
        CompiledPlan.of(graph)
            .output("y", y)
            .output("product", product)
            .output("sevenfold", sevenfold)
            .build()) {
      fill(plan.input("x"), "x");
      fill(plan.input("v"), "v");
      plan.run();
      assertClose(plan.input("v").mul(7), plan.output("sevenfold"));
      INDArray actual = plan.output("product").dup();
      assertClose(difference(plan, "x", plan.input("v").dup(), "y"), actual);
    }
  }

  @Test
  void namesOperationsThatCannotBeDifferentiated() {
    SDVariable[] halves = sd.split(x, 2, 1);
    assertError("the operation split has several outputs", halves[0].add(halves[1].mul(3)));
    assertError("the operation sin has no forward-mode rule", sd.math().sin(x));
    assertError("does not depend on x", v.mul(2));
    assertError("supported for constant padding only", pad(sd, x, PadMode.REFLECT, 0));
    SDVariable weight = sd.slice(x, new int[] {0, 0, 0, 0}, 2, 4, 3, 3);
    SDVariable y = sd.cnn().conv2d(fixed(sd, 1, 4, 8, 8), weight, convolution(1, 0));
    assertError("forward mode through argument 1 of conv2d is not supported", y);
  }

  private void assertError(String expected, SDVariable y) {
    ForwardMode forward = new ForwardMode(sd, Map.of());
    var error =
        assertThrows(IllegalArgumentException.class, () -> forward.product(y, x, v, Set.of()));
    assertTrue(error.getMessage().contains(expected), error::getMessage);
  }

  private List<String> operations() {
    return sd.getOps().values().stream().map(op -> op.getOp().opName()).toList();
  }

  private static INDArray difference(
      CompiledPlan plan, String input, INDArray direction, String output) {
    INDArray point = plan.input(input);
    INDArray origin = point.dup();
    point.addi(direction.mul(STEP));
    plan.run();
    INDArray above = plan.output(output).dup();
    point.assign(origin).subi(direction.mul(STEP));
    plan.run();
    INDArray below = plan.output(output).dup();
    point.assign(origin);
    return above.sub(below).div(2 * STEP);
  }

  private static void assertClose(INDArray expected, INDArray actual) {
    assertArrayEquals(expected.shape(), actual.shape());
    double[] e = expected.dup('c').data().asDouble();
    double[] a = actual.dup('c').data().asDouble();
    for (int i = 0; i < e.length; i++) {
      assertEquals(e[i], a[i], 1e-7 * (1 + Math.abs(e[i])), "element " + i);
    }
  }

  private static void fill(INDArray array, String name) {
    float[] values = PlanAndSession.gaussian(name, array.length());
    array.assign(Nd4j.createFromArray(values).reshape(array.shape()));
  }

  private static SDVariable fixed(SameDiff sd, long... shape) {
    INDArray array = Nd4j.zeros(DataType.DOUBLE, shape);
    fill(array, "fixed");
    return sd.constant(array);
  }

  private static SDVariable pad(SameDiff sd, SDVariable x, PadMode mode, double value) {
    SDVariable padding =
        sd.constant(Nd4j.createFromArray(new int[][] {{0, 0}, {1, 0}, {0, 2}, {1, 1}}));
    return sd.nn().pad(x, padding, mode, value);
  }

  private static Pooling2DConfig pooling(int kernel, int stride, int padding) {
    return Pooling2DConfig.builder()
        .kH(kernel)
        .kW(kernel)
        .sH(stride)
        .sW(stride)
        .pH(padding)
        .pW(padding)
        .build();
  }

  private static Conv2DConfig convolution(int stride, int padding) {
    return Conv2DConfig.builder()
        .kH(3)
        .kW(3)
        .sH(stride)
        .sW(stride)
        .pH(padding)
        .pW(padding)
        .paddingMode(PaddingMode.VALID)
        .weightsFormat(WeightsFormat.OIYX)
        .build();
  }

  private interface Function {
    SDVariable of(SameDiff sd, SDVariable x);
  }
}
