package io.ddgan.train.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/** Builds the nodes and tensors of a graph of the Open Neural Network Exchange (ONNX). */
final class OnnxNodes {

  /** Name of a free dimension of examples. */
  static final String BATCH = "N";

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Map<List<Long>, String> integers = new HashMap<>();
  private final Map<Float, String> numbers = new HashMap<>();
  private int count;

  /** Creates an attribute of integers. */
  static AttributeProto integers(String name, long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(LongStream.of(values).boxed().toList())
        .build();
  }

  /** Creates an attribute of one integer. */
  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  /** Adds a node with one output and returns the output's name. */
  String add(String operation, List<String> inputs, AttributeProto... attributes) {
    String output = operation.toLowerCase(Locale.ROOT) + "_" + count++;
    add(output, operation, inputs, attributes);
    return output;
  }

  /** Adds a node with one named output. */
  void add(String output, String operation, List<String> inputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(output)
            .setOpType(operation)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(Arrays.asList(attributes)));
  }

  /** Adds a list of integers as a tensor and returns its name. */
  String vector(long... values) {
    return integers.computeIfAbsent(
        LongStream.of(values).boxed().toList(),
        all -> {
          String name = "integers_" + integers.size();
          graph.addInitializer(
              TensorProto.newBuilder()
                  .setName(name)
                  .setDataType(TensorProto.DataType.INT64_VALUE)
                  .addDims(values.length)
                  .addAllInt64Data(all));
          return name;
        });
  }

  /** Adds a number as a scalar tensor and returns its name. */
  String scalar(double value) {
    return numbers.computeIfAbsent(
        (float) value,
        number -> {
          String name = "number_" + numbers.size();
          tensor(name, FloatBuffer.wrap(new float[] {number}));
          return name;
        });
  }

  /** Adds a tensor of numbers in row-major order. */
  void tensor(String name, FloatBuffer values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.remaining(), Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values.duplicate());
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addAllDims(LongStream.of(shape).boxed().toList())
            .setRawData(ByteString.copyFrom(bytes)));
  }

  /** Declares an input of numbers; a negative dimension is the number of examples. */
  void input(String name, long... shape) {
    graph.addInput(info(name, shape));
  }

  /** Declares an output of numbers; a negative dimension is the number of examples. */
  void output(String name, long... shape) {
    graph.addOutput(info(name, shape));
  }

  private static ValueInfoProto info(String name, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long size : shape) {
      if (size < 0) {
        dimensions.addDimBuilder().setDimParam(BATCH);
      } else {
        dimensions.addDimBuilder().setDimValue(size);
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(dimensions)))
        .build();
  }

  /** Builds the graph. */
  GraphProto named(String name) {
    return graph.setName(name).build();
  }
}
