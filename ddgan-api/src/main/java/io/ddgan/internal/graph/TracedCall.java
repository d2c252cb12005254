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
 * A SameDiff operation with the values that it reads and writes.
 *
 * @param batchInvariance set if this is a matrix product whose bits must not depend on an example's
 *     position in the batch
 */
record TracedCall(
    DifferentialFunction operation,
    List<Value> inputs,
    List<Value> outputs,
    Optional<BatchInvariance> batchInvariance)
    implements OperationCall {

  TracedCall(DifferentialFunction operation, List<Value> inputs, List<Value> outputs) {
    this(operation, inputs, outputs, Optional.empty());
  }

  /** Returns a batch-invariant call, if this is a matrix product with rows of each example. */
  TracedCall withBatchInvariance(BatchInvariance examples) {
    boolean isOfExamples =
        name().equals("matmul")
            && output().shape().length == 2
            && integers().get(0) == 0 // the left is not transposed
            && integers().get(2) == 0 // neither is the result
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

  /** Returns the multiplications of a convolution with the given output. */
  private double products(Value wide) {
    long[] weights = input(1).shape();
    return 2.0 * wide.length() * weights[1] * weights[2] * weights[3];
  }

  @Override
  public OperationCall on(List<Value> newInputs, List<Value> newOutputs) {
    return new TracedCall(operation, newInputs, newOutputs, batchInvariance);
  }

  @Override
  public Kernel bind() {
    int count = batchInvariance.map(examples -> examples.products(this, this::product)).orElse(1);
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

  /** Returns a part of a matrix's rows. */
  private static INDArray rows(INDArray matrix, int part, int parts) {
    long[] shape = {matrix.size(0) / parts, matrix.size(1)};
    return Arena.view(matrix, matrix.offset() + part * shape[0] * shape[1], shape);
  }

  /** Products computed one after another. */
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
