package io.ddgan.train.export;

import io.ddgan.api.RefusedException;
import io.ddgan.engine.Call;
import io.ddgan.engine.Value;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.train.phase.SamplingGraph;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Translates the calls of a graph into nodes of ONNX. The graph is traced for two numbers of
 * examples: a dimension in which the traces differ is the free number of examples. If both traces
 * are of the same graph, all dimensions are fixed.
 */
final class OnnxTranslation {

  /** Version of the format that introduced operator set 17. */
  private static final int FORMAT = 8;

  /** Two numbers of examples that rarely occur as other sizes. */
  private static final int ONE = 5;

  private static final int OTHER = 7;

  /** Marks a dimension proportional to the number of examples. */
  private static final long FREE = -1;

  private final TracedGraph one;
  private final TracedGraph other;
  private final OnnxNodes nodes = new OnnxNodes();
  private final Map<Value, String> names = new HashMap<>();
  private final Map<List<Object>, String> reshaped = new HashMap<>();

  private OnnxTranslation(TracedGraph one, TracedGraph other) {
    this.one = one;
    this.other = other;
  }

  /** Writes a file; see {@link SamplerFormat#write}. */
  static Signature write(
      Path file,
      IntFunction<SamplingGraph> graph,
      ParameterSet weights,
      Optional<Integer> batch,
      Map<String, String> notes)
      throws IOException {
    SamplingGraph first = graph.apply(batch.orElse(ONE));
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(FORMAT);
    model.setProducerName("ddgan").addOpsetImportBuilder().setVersion(OnnxOperations.OPSET);
    notes.forEach((key, value) -> model.addMetadataPropsBuilder().setKey(key).setValue(value));
    Signature signature;
    try (TracedGraph one = TracedGraph.of(first, weights);
        TracedGraph other =
            TracedGraph.of(batch.isPresent() ? first : graph.apply(OTHER), weights)) {
      OnnxTranslation translation = new OnnxTranslation(one, other);
      model.setGraph(translation.graph(first.name()));
      signature =
          Signature.of(translation.inputs(), first.name(), translation.result().dimensions());
    }
    AtomicFile.write(file, model.build()::writeTo);
    return signature;
  }

  /** Builds the whole graph. */
  private GraphProto graph(String output) {
    inputs().forEach(nodes::input);
    for (int i = 0; i < one.calls().size(); i++) {
      Call call = one.calls().get(i);
      Pair pair = new Pair(call.output(), other.calls().get(i).output());
      String name = OnnxOperations.translate(new OnnxCall(nodes, call, inputs(i), pair));
      names.put(pair.root().one(), pair.isView() ? reshape(name, pair.root()) : name);
    }
    nodes.add(output, "Identity", List.of(name(result())));
    nodes.output(output, result().dimensions());
    return nodes.named("ddgan");
  }

  private Map<String, long[]> inputs() {
    Map<String, long[]> inputs = one.inputs();
    Map<String, long[]> others = other.inputs();
    inputs.replaceAll((name, shape) -> dimensions(shape, others.get(name)));
    return inputs;
  }

  private Pair result() {
    return new Pair(one.result(), other.result());
  }

  private List<OnnxCall.Input> inputs(int i) {
    Call call = one.calls().get(i);
    List<Value> counterparts = other.calls().get(i).inputs();
    return IntStream.range(0, call.inputs().size())
        .mapToObj(k -> new Pair(call.input(k), counterparts.get(k)))
        .map(pair -> new OnnxCall.Input(name(pair), pair))
        .toList();
  }

  /** A value in the traces for both numbers of examples. */
  record Pair(Value one, Value other) {

    Pair root() {
      return new Pair(one.root(), other.root());
    }

    boolean isView() {
      return !one.hasShape(one.root().shape());
    }

    long[] dimensions() {
      return OnnxTranslation.dimensions(one.shape(), other.shape());
    }
  }

  /** Returns the common dimensions of two shapes, with {@value #FREE} for the one that differs. */
  private static long[] dimensions(long[] shape, long[] other) {
    long[] dimensions = shape.clone();
    for (int i = 0; i < shape.length; i++) {
      dimensions[i] = shape[i] == other[i] ? shape[i] : FREE;
    }
    if (Arrays.stream(dimensions).filter(size -> size == FREE).count() > 1) {
      throw new RefusedException(
          "the batch size cannot be free, because shape %s depends on it in two dimensions; set --batch-size"
              .formatted(Arrays.toString(shape)));
    }
    return dimensions;
  }

  private String name(Pair value) {
    Pair root = value.root();
    String name = names.get(root.one());
    if (name == null) {
      name = source(root);
      names.put(root.one(), name);
    }
    return value.isView() ? reshape(name, value) : name;
  }

  private String reshape(String name, Pair to) {
    long[] dimensions = to.dimensions();
    return reshaped.computeIfAbsent(
        List.of(name, Arrays.stream(dimensions).boxed().toList()),
        key -> nodes.add("Reshape", List.of(name, nodes.vector(dimensions))));
  }

  /** Returns the name of an input, parameter or constant. */
  private String source(Pair value) {
    Value one = value.one();
    if (one.dataType() != DataType.FLOAT) {
      throw new RefusedException(
          "type %s is not supported in ONNX files, only floats are".formatted(one.dataType()));
    }
    if (one.isConstant()) {
      return constant(value);
    }
    Optional<String> input = this.one.input(one);
    if (input.isPresent()) {
      return input.get();
    }
    String parameter =
        this.one
            .parameter(one)
            .orElseThrow(() -> new IllegalStateException("value has no source in the graph"));
    nodes.tensor(parameter, FloatBuffer.wrap(values(one)), one.shape());
    return parameter;
  }

  private static float[] values(Value value) {
    try (INDArray copy = value.array().dup('c')) {
      return copy.data().asFloat();
    }
  }

  /** Adds a constant. One that is equal in all examples is stored once and expanded. */
  private String constant(Pair value) {
    String name = "constant_" + names.size();
    float[] values = values(value.one());
    long[] shape = value.one().shape();
    long[] dimensions = value.dimensions();
    int free = Arrays.stream(dimensions).boxed().toList().indexOf(FREE);
    if (free < 0) {
      nodes.tensor(name, FloatBuffer.wrap(values), shape);
      return name;
    }
    int first = values.length / Math.toIntExact(shape[0]);
    boolean isRepeated =
        free == 0
            && IntStream.range(0, values.length).allMatch(i -> values[i] == values[i % first]);
    if (!isRepeated) {
      throw new RefusedException(
          "the batch size cannot be free, because a constant of shape %s differs between examples; set --batch-size"
              .formatted(Arrays.toString(shape)));
    }
    long[] each = shape.clone();
    each[0] = 1;
    nodes.tensor(name, FloatBuffer.wrap(values, 0, first).slice(), each);
    return nodes.add("Expand", List.of(name, shapeOf(shape, each)));
  }

  /** Adds a shape whose first dimension is proportional to the number of examples. */
  private String shapeOf(long[] shape, long[] each) {
    String input = one.inputs().firstKey();
    long examples = one.inputs().get(input)[0];
    String number =
        reshaped.computeIfAbsent(
            List.of("number of examples"),
            key ->
                nodes.add(
                    "Slice",
                    List.of(nodes.add("Shape", List.of(input)), nodes.vector(0), nodes.vector(1))));
    String first =
        shape[0] == examples
            ? number
            : nodes.add("Mul", List.of(number, nodes.vector(shape[0] / examples)));
    return each.length == 1
        ? first
        : nodes.add(
            "Concat",
            List.of(first, nodes.vector(Arrays.copyOfRange(each, 1, each.length))),
            OnnxNodes.integer("axis", 0));
  }
}
