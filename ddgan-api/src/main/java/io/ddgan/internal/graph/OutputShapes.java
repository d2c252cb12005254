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

/** Caches output shapes, because ND4J's shape inference is slow and most operations repeat. */
final class OutputShapes {

  private final Function<Value, INDArray> arrays;
  private final Map<List<Object>, List<long[]>> known = new HashMap<>();

  /**
   * Creates an empty cache.
   *
   * @param arrays returns an array of a value's shape, with its content if that is known
   */
  OutputShapes(Function<Value, INDArray> arrays) {
    this.arrays = arrays;
  }

  /** Returns everything that ND4J's inference depends on, except the content of the inputs. */
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

  /** Returns the shape of each output, which may depend on the content of constant inputs. */
  List<long[]> of(DifferentialFunction operation, List<Value> inputs) {
    boolean isCacheable =
        operation instanceof CustomOp
            && inputs.stream()
                .noneMatch(value -> value.isConstant() || !value.dataType().isFPType());
    return isCacheable
        ? known.computeIfAbsent(
            signature((CustomOp) operation, inputs), unused -> infer(operation, inputs))
        : infer(operation, inputs);
  }

  private List<long[]> infer(DifferentialFunction operation, List<Value> inputs) {
    return NativeCall.outputShapes(operation, inputs.stream().map(arrays).toList()).stream()
        .map(LongShapeDescriptor::getShape)
        .toList();
  }
}
