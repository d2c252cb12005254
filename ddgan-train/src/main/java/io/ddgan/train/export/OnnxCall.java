package io.ddgan.train.export;

import io.ddgan.api.RefusedException;
import io.ddgan.engine.Call;
import io.ddgan.engine.OperationCall;
import io.ddgan.engine.SumCall;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import onnx.Onnx.AttributeProto;

/** A call to translate to ONNX nodes. */
record OnnxCall(OnnxNodes nodes, Call call, List<Input> inputs, OnnxTranslation.Pair output) {

  /**
   * An input.
   *
   * @param name name in the graph
   */
  record Input(String name, OnnxTranslation.Pair value) {

    /** Returns the traced shape. */
    long[] shape() {
      return value.one().shape();
    }

    /** Returns the shape with -1 for the free dimension. */
    long[] dimensions() {
      return value.dimensions();
    }

    int rank() {
      return shape().length;
    }
  }

  String name() {
    return call.name();
  }

  Input input(int index) {
    return inputs.get(index);
  }

  /** Returns the traced shape of the output. */
  long[] shape() {
    return call.output().shape();
  }

  OperationCall operation() {
    if (call instanceof OperationCall operation) {
      return operation;
    }
    throw unknown("");
  }

  Optional<SumCall> sum() {
    return call instanceof SumCall sum ? Optional.of(sum) : Optional.empty();
  }

  long integer(int index) {
    return operation().integers().get(index);
  }

  /** Adds a node of all inputs and returns its name. */
  String node(String operation, AttributeProto... attributes) {
    return nodes.add(operation, inputs.stream().map(Input::name).toList(), attributes);
  }

  /** Adds a node of all inputs, which are broadcast by ND4J's rules, and returns its name. */
  String broadcast(String operation) {
    String result = node(operation);
    int rank = inputs.stream().mapToInt(Input::rank).max().orElse(0);
    return rank == shape().length
        ? result
        : nodes.add("Reshape", List.of(result, nodes.vector(output.dimensions())));
  }

  /** Adds the call's scalar argument as a tensor and returns its name. */
  String number() {
    return nodes.scalar(operation().numbers().get(0));
  }

  /**
   * Creates the exception for an operation that cannot be exported.
   *
   * @param detail the case that is not supported, with a leading space; may be empty
   */
  RefusedException unknown(String detail) {
    return new RefusedException(
        "operation %s%s is not supported in ONNX files".formatted(name(), detail));
  }

  /** Returns the dimensions in which input and output differ. */
  long[] changed() {
    return IntStream.range(0, shape().length)
        .filter(i -> shape()[i] != input(0).shape()[i])
        .asLongStream()
        .toArray();
  }
}
