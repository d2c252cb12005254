package io.ddgan.train.export;

import io.ddgan.api.RefusedException;
import io.ddgan.engine.Call;
import io.ddgan.engine.OperationCall;
import io.ddgan.engine.SumCall;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import onnx.Onnx.AttributeProto;

/** A call on its way to being nodes of ONNX. */
record OnnxCall(OnnxNodes nodes, Call call, List<Input> inputs, OnnxTranslation.Pair made) {

  /**
   * An input.
   *
   * @param name what it is called in the graph
   */
  record Input(String name, OnnxTranslation.Pair value) {

    /** As it is traced. */
    long[] shape() {
      return value.one().shape();
    }

    /** The same with -1 for the dimension that is free. */
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

  /** The shape of its output, as it is traced. */
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

  /** A node of all inputs. */
  String node(String operation, AttributeProto... attributes) {
    return nodes.add(operation, inputs.stream().map(Input::name).toList(), attributes);
  }

  /** A node of all inputs whose shapes are broadcast as ND4J does it. */
  String broadcast(String operation) {
    String result = node(operation);
    int rank = inputs.stream().mapToInt(Input::rank).max().orElse(0);
    return rank == shape().length
        ? result
        : nodes.add("Reshape", List.of(result, nodes.vector(made.dimensions())));
  }

  /** The number that it is given, as a tensor. */
  String number() {
    return nodes.scalar(operation().numbers().get(0));
  }

  /**
   * The refusal of what has no counterpart.
   *
   * @param detail what it is that has none, in brackets, or nothing
   */
  RefusedException unknown(String detail) {
    return new RefusedException(
        "the operation %s%s has no counterpart in the ONNX files that are written here"
            .formatted(name(), detail));
  }

  /** Dimensions in which input and output differ. */
  long[] changed() {
    return IntStream.range(0, shape().length)
        .filter(i -> shape()[i] != input(0).shape()[i])
        .asLongStream()
        .toArray();
  }
}
