package io.ddgan.internal.graph;

import io.ddgan.engine.Value;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * The shapes of what operations compute. Most operations of a network are like another one of it,
 * and ND4J takes long to answer.
 */
final class OutputShapes {

  private final Function<Value, INDArray> arrays;
  private final Map<List<Object>, List<long[]>> known = new HashMap<>();

  /**
   * Knows none yet.
   *
   * @param arrays gives an array of a value's shape, and with its numbers if they are known
   */
  OutputShapes(Function<Value, INDArray> arrays) {
    this.arrays = arrays;
  }

  /** All that ND4J is told of an operation, but for the numbers of its inputs. */
  private static List<Object> signature(CustomOp operation, List<Value> inputs) {
    return List.of(
        operation.getClass(),
        operation.opName(),
        LongBuffer.wrap(operation.iArgs()),
        DoubleBuffer.wrap(operation.tArgs()),
        Arrays.toString(operation.bArgs()),
        List.of(operation.sArgs()),
        List.of(operation.dArgs()),
        inputs.stream().map(Value::dataType).toList(),
        inputs.stream().map(value -> LongBuffer.wrap(value.shape())).toList());
  }

  /** The shape of each output, which may depend on the numbers of inputs that are constant. */
  List<long[]> of(DifferentialFunction operation, List<Value> inputs) {
    boolean isKnowable =
        operation instanceof CustomOp
            && inputs.stream()
                .noneMatch(value -> value.isConstant() || !value.dataType().isFPType());
    return isKnowable
        ? known.computeIfAbsent(
            signature((CustomOp) operation, inputs), unused -> asked(operation, inputs))
        : asked(operation, inputs);
  }

  private List<long[]> asked(DifferentialFunction operation, List<Value> inputs) {
    return NativeCall.outputShapes(operation, inputs.stream().map(arrays).toList()).stream()
        .map(LongShapeDescriptor::getShape)
        .toList();
  }
}
