package io.ddgan.graph;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.OperationCall;
import io.ddgan.engine.Value;
import java.util.List;
import org.nd4j.autodiff.functions.DifferentialFunction;

/** An operation of SameDiff with the values that it reads and writes. */
record TracedCall(DifferentialFunction operation, List<Value> inputs, List<Value> outputs)
    implements OperationCall {

  @Override
  public String name() {
    return operation.opName();
  }

  @Override
  public List<Long> integers() {
    return arguments().integers();
  }

  @Override
  public List<Double> numbers() {
    return arguments().numbers();
  }

  @Override
  public List<Boolean> booleans() {
    return arguments().booleans();
  }

  private OperationArguments arguments() {
    return new OperationArguments(operation);
  }

  @Override
  public OperationCall on(List<Value> newInputs, List<Value> newOutputs) {
    return new TracedCall(operation, newInputs, newOutputs);
  }

  @Override
  public Kernel bind() {
    return NativeCall.bind(
        operation,
        inputs.stream().map(Value::array).toList(),
        outputs.stream().map(Value::array).toList());
  }
}
