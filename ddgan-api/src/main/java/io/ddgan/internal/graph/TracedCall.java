package io.ddgan.internal.graph;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.OperationCall;
import io.ddgan.engine.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An operation of SameDiff with the values that it reads and writes.
 *
 * @param apart examples that a product of matrices has rows of, whose place in the batch must not
 *     change their bits; empty where it may
 */
record TracedCall(
    DifferentialFunction operation,
    List<Value> inputs,
    List<Value> outputs,
    Optional<BatchInvariance> apart)
    implements OperationCall {

  TracedCall(DifferentialFunction operation, List<Value> inputs, List<Value> outputs) {
    this(operation, inputs, outputs, Optional.empty());
  }

  /** The same with examples apart, where this is a product of matrices with rows of each. */
  TracedCall apart(BatchInvariance examples) {
    boolean isOfExamples =
        name().equals("matmul")
            && output().shape().length == 2
            && integers().get(0) == 0 // the left is not transposed
            && integers().get(2) == 0 // nor is the result
            && examples.has(output());
    return isOfExamples ? new TracedCall(operation, inputs, outputs, Optional.of(examples)) : this;
  }

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
    return new TracedCall(operation, newInputs, newOutputs, apart);
  }

  @Override
  public Kernel bind() {
    int count = apart.map(examples -> examples.products(this, this::product)).orElse(1);
    if (count == 1) {
      return NativeCall.bind(
          operation,
          inputs.stream().map(Value::array).toList(),
          outputs.stream().map(Value::array).toList());
    }
    Products products = new Products(new ArrayList<>());
    try {
      for (int i = 0; i < count; i++) {
        INDArray left = rows(input(0).array(), i, count);
        INDArray result = rows(output().array(), i, count);
        products.calls().add(product(left, input(1).array(), result));
      }
    } catch (RuntimeException e) {
      products.close();
      throw e;
    }
    return products;
  }

  private NativeCall product(INDArray left, INDArray right, INDArray result) {
    return NativeCall.bind(operation, List.of(left, right), List.of(result));
  }

  /** A part of a matrix. */
  private static INDArray rows(INDArray matrix, int part, int parts) {
    long[] shape = {matrix.size(0) / parts, matrix.size(1)};
    return Arena.view(matrix, matrix.offset() + part * shape[0] * shape[1], shape);
  }

  /** Products that are computed one after another. */
  private record Products(List<NativeCall> calls) implements Kernel {

    @Override
    public void run() {
      calls.forEach(NativeCall::run);
    }

    @Override
    public void close() {
      calls.forEach(NativeCall::close);
    }
  }
}
