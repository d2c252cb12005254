package io.ddgan.graph;

import io.ddgan.api.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.serde.FlatBuffersMapper;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2D;
import org.nd4j.linalg.api.ops.impl.transforms.dtype.Cast;

/**
 * An operation of SameDiff.
 *
 * @param function what SameDiff keeps of it
 */
record GraphOperation(SameDiff sameDiff, DifferentialFunction function) implements Operation {

  @Override
  public String name() {
    return function.opName();
  }

  @Override
  public List<SDVariable> arguments() {
    return List.of(function.args());
  }

  @Override
  public SDVariable output() {
    return function.outputVariables()[0];
  }

  @Override
  public List<Long> integers() {
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

  @Override
  public List<Double> numbers() {
    if (function instanceof ScalarOp operation) {
      return List.of(operation.scalar().getDouble(0));
    }
    return function instanceof DynamicCustomOp custom
        ? Arrays.stream(custom.tArgs()).boxed().toList()
        : List.of();
  }

  @Override
  public List<Boolean> booleans() {
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

  /**
   * Copies through SameDiff's serialisation lose the format of a convolution's weights, and the
   * type of a cast.
   */
  @Override
  public SDVariable on(List<SDVariable> arguments) {
    if (function instanceof Cast) {
      return arguments.get(0).castTo(output().dataType());
    }
    if (function.getClass() == Conv2D.class) { // not those that extend it
      Conv2D convolution = (Conv2D) function;
      SDVariable[] all = arguments.toArray(SDVariable[]::new);
      return new Conv2D(sameDiff, all, convolution.getConfig()).outputVariable();
    }
    DifferentialFunction copy = FlatBuffersMapper.cloneViaSerialize(sameDiff, function);
    copy.setSameDiff(sameDiff);
    copy.setOwnName(sameDiff.getOpName(function.opName()));
    sameDiff.putOpForId(copy.getOwnName(), copy);
    sameDiff.addArgsFor(arguments.toArray(SDVariable[]::new), copy);
    return copy.outputVariables()[0];
  }
}
