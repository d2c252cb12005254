package io.ddgan.train.export;

import static java.util.Map.entry;

import io.ddgan.engine.SumCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;

/** Translates the operations of graphs, by ND4J's names, to ONNX. */
final class OnnxOperations {

  /** Version of the operator set. */
  static final int OPSET = 17;

  private static final Map<String, String> OF_SAME_SHAPE =
      Map.ofEntries(
          entry("abs", "Abs"),
          entry("ceil", "Ceil"),
          entry("cos", "Cos"),
          entry("erf", "Erf"),
          entry("exp", "Exp"),
          entry("floor", "Floor"),
          entry("log", "Log"),
          entry("neg", "Neg"),
          entry("sigmoid", "Sigmoid"),
          entry("sign", "Sign"),
          entry("sin", "Sin"),
          entry("softplus", "Softplus"),
          entry("softsign", "Softsign"),
          entry("sqrt", "Sqrt"),
          entry("tanh", "Tanh"));

  private static final Map<String, String> OF_TWO =
      Map.of(
          "add", "Add",
          "subtract", "Sub",
          "multiply", "Mul",
          "divide", "Div",
          "maximum", "Max",
          "minimum", "Min",
          "Pow", "Pow");

  private static final Map<String, String> WITH_NUMBER =
      Map.of(
          "add_scalar", "Add",
          "sub_scalar", "Sub",
          "mul_scalar", "Mul",
          "div_scalar", "Div",
          "relu", "Max",
          "pow", "Pow");

  private static final Map<String, String> AFTER_NUMBER =
      Map.of("rsub_scalar", "Sub", "rdiv_scalar", "Div");

  private static final Map<String, String> REDUCTIONS =
      Map.of("reduce_max", "ReduceMax", "reduce_min", "ReduceMin");

  private static final Map<String, Function<OnnxCall, String>> ALL = all();

  private OnnxOperations() {}

  private static Map<String, Function<OnnxCall, String>> all() {
    Map<String, Function<OnnxCall, String>> all = new HashMap<>();
    OF_SAME_SHAPE.forEach((name, node) -> all.put(name, call -> call.node(node)));
    OF_TWO.forEach((name, node) -> all.put(name, call -> call.broadcast(node)));
    WITH_NUMBER.forEach(
        (name, node) ->
            all.put(name, call -> add(call, node, call.input(0).name(), call.number())));
    AFTER_NUMBER.forEach(
        (name, node) ->
            all.put(name, call -> add(call, node, call.number(), call.input(0).name())));
    REDUCTIONS.forEach((name, node) -> all.put(name, call -> reduction(call, node)));
    all.put("square", call -> add(call, "Mul", call.input(0).name(), call.input(0).name()));
    all.put("matmul", OnnxOperations::product);
    all.put("conv2d", OnnxOperations::convolution);
    all.put("permute", OnnxOperations::permute);
    all.put("slice", OnnxOperations::slice);
    all.put("concat", call -> call.node("Concat", OnnxNodes.integer("axis", call.integer(0))));
    all.put("softmax", call -> call.node("Softmax", OnnxNodes.integer("axis", call.integer(0))));
    all.put("sum", OnnxOperations::sum);
    return all;
  }

  /** Adds the nodes of a call and returns the name of their output. */
  static String translate(OnnxCall call) {
    Function<OnnxCall, String> translation = ALL.get(call.name());
    if (translation == null) {
      throw call.unknown("");
    }
    return translation.apply(call);
  }

  private static String add(OnnxCall call, String node, String... inputs) {
    return call.nodes().add(node, List.of(inputs));
  }

  private static String product(OnnxCall call) {
    if (call.integer(2) != 0) {
      throw call.unknown(" with a transposed result");
    }
    String left = transposed(call, 0, call.integer(0) != 0);
    String right = transposed(call, 1, call.integer(1) != 0);
    return call.nodes().add("MatMul", List.of(left, right));
  }

  /** Returns the input, with its last two dimensions swapped if requested. */
  private static String transposed(OnnxCall call, int index, boolean isTransposed) {
    OnnxCall.Input input = call.input(index);
    int rank = input.rank();
    if (!isTransposed) {
      return input.name();
    }
    long[] order = IntStream.range(0, rank).asLongStream().toArray();
    order[rank - 2] = rank - 1L;
    order[rank - 1] = rank - 2L;
    return call.nodes().add("Transpose", List.of(input.name()), OnnxNodes.integers("perm", order));
  }

  /**
   * Translates a convolution. ND4J's integers are kernel, stride, padding, dilation and three
   * modes.
   */
  private static String convolution(OnnxCall call) {
    if (call.integer(8) != 0 || call.integer(9) != 0 || call.integer(10) != 1) {
      throw call.unknown(" with same padding or another layout than [N, C, H, W]");
    }
    long high = call.integer(4);
    long wide = call.integer(5);
    return call.node(
        "Conv",
        OnnxNodes.integers("kernel_shape", call.integer(0), call.integer(1)),
        OnnxNodes.integers("strides", call.integer(2), call.integer(3)),
        OnnxNodes.integers("pads", high, wide, high, wide),
        OnnxNodes.integers("dilations", call.integer(6), call.integer(7)));
  }

  private static String permute(OnnxCall call) {
    List<Long> order = call.operation().integers();
    if (order.size() != call.input(0).rank()) {
      throw call.unknown(" with an order that is not constant");
    }
    return call.node("Transpose", OnnxNodes.integers("perm", longs(order)));
  }

  /** Translates a slice. ND4J's integers are the begin and the size in each dimension. */
  private static String slice(OnnxCall call) {
    OnnxCall.Input input = call.input(0);
    int rank = input.rank();
    if (call.operation().integers().size() != 2 * rank) {
      throw call.unknown(" with bounds that are not constant");
    }
    long[] axes = call.changed();
    if (LongStream.of(axes).anyMatch(axis -> input.dimensions()[(int) axis] < 0)) {
      throw call.unknown(" along the examples");
    }
    if (axes.length == 0) {
      return input.name();
    }
    long[] from = LongStream.of(axes).map(axis -> call.integer((int) axis)).toArray();
    long[] to =
        LongStream.of(axes)
            .map(axis -> call.integer((int) axis) + call.shape()[(int) axis])
            .toArray();
    OnnxNodes nodes = call.nodes();
    return nodes.add(
        "Slice", List.of(input.name(), nodes.vector(from), nodes.vector(to), nodes.vector(axes)));
  }

  private static String reduction(OnnxCall call, String operation) {
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(OnnxNodes.integer("keepdims", call.operation().booleans().get(0) ? 1 : 0));
    if (!call.operation().integers().isEmpty()) {
      attributes.add(OnnxNodes.integers("axes", longs(call.operation().integers())));
    }
    return call.node(operation, attributes.toArray(AttributeProto[]::new));
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  private static String sum(OnnxCall call) {
    double weight = call.sum().map(SumCall::weight).orElseThrow(() -> call.unknown(""));
    long[] along = call.changed(); // ONNX takes no axes as all axes
    String x = call.input(0).name();
    String sum =
        along.length == 0
            ? x
            : call.nodes().add("ReduceSum", List.of(x, call.nodes().vector(along)));
    return weight == 1 ? sum : call.nodes().add("Mul", List.of(sum, call.nodes().scalar(weight)));
  }
}
