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
    return OperationArguments.integers(operation);
  }

  @Override
  public List<Double> numbers() {
    return OperationArguments.numbers(operation);
  }

  @Override
  public List<Boolean> booleans() {
    return OperationArguments.booleans(operation);
  }

  @Override
  public double operations() {
    return switch (name()) {
      case "conv2d" -> products(output());
      case "deconv2d" -> products(input(0));
      case "conv2d_bp" -> 2 * products(inputs.get(inputs.size() - 1));
      default -> 0;
    };
  }

  /** Each element of what is wide, the convolution's output, takes a product with every weight. */
  private double products(Value wide) {
    long[] weights = input(1).shape();
    return 2.0 * wide.length() * weights[1] * weights[2] * weights[3];
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
