package io.ddgan.graph;

import io.ddgan.api.Operation;
import java.util.List;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.serde.FlatBuffersMapper;
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
    return options().integers();
  }

  @Override
  public List<Double> numbers() {
    return options().numbers();
  }

  @Override
  public List<Boolean> booleans() {
    return options().booleans();
  }

  private OperationArguments options() {
    return new OperationArguments(function);
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
