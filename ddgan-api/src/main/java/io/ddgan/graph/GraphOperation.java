package io.ddgan.graph;

import io.ddgan.api.Operation;
import java.util.List;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

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

  @Override
  public SDVariable on(List<SDVariable> arguments) {
    DifferentialFunction copy = FunctionCopy.of(function);
    copy.setSameDiff(sameDiff);
    copy.setOwnName(sameDiff.getOpName(function.opName()));
    sameDiff.putOpForId(copy.getOwnName(), copy);
    sameDiff.addArgsFor(arguments.toArray(SDVariable[]::new), copy);
    return copy.outputVariables()[0];
  }
}
