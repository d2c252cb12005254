package io.ddgan.internal.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.ScalarOp;

/** The arguments of an operation other than its inputs, which depend on the kind of operation. */
final class OperationArguments {

  private OperationArguments() {}

  static List<Long> integers(DifferentialFunction function) {
    if (function instanceof BaseReduceOp reduction) {
      INDArray dimensions = reduction.dimensions();
      return dimensions == null
          ? List.of()
          : Arrays.stream(dimensions.toLongVector()).boxed().toList();
    }
    return function instanceof DynamicCustomOp custom
        ? Arrays.stream(custom.iArgs()).boxed().toList()
        : List.of();
  }

  static List<Double> numbers(DifferentialFunction function) {
    if (function instanceof ScalarOp operation) {
      return List.of(operation.scalar().getDouble(0));
    }
    return function instanceof DynamicCustomOp custom
        ? Arrays.stream(custom.tArgs()).boxed().toList()
        : List.of();
  }

  static List<Boolean> booleans(DifferentialFunction function) {
    if (function instanceof BaseReduceOp reduction) {
      return List.of(reduction.isKeepDims());
    }
    List<Boolean> booleans = new ArrayList<>();
    if (function instanceof DynamicCustomOp custom) {
      for (boolean each : custom.bArgs()) {
        booleans.add(each);
      }
    }
    return booleans;
  }
}
