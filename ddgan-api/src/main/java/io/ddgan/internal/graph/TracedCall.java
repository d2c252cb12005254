package io.ddgan.internal.graph;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.OperationCall;
import io.ddgan.engine.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.Assign;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A SameDiff operation with the values that it reads and writes.
 *
 * @param batchInvariance set if the bits of an example must not depend on the batch
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

  /** Returns a batch-invariant call. */
  TracedCall withBatchInvariance(BatchInvariance examples) {
    return new TracedCall(operation, inputs, outputs, Optional.of(examples));
  }

  /** Returns whether this is a matrix product with rows of each example. */
  private boolean isOfExamples(BatchInvariance examples) {
    return name().equals("matmul")
        && output().shape().length == 2
        && integers().get(0) == 0 // the left is not transposed
        && integers().get(2) == 0 // neither is the result
        && examples.has(output());
  }

  @Override
  public double batchScale() {
    return batchInvariance.map(BatchInvariance::scale).orElse(1.0);
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
    return batchInvariance
        .filter(this::isOfExamples)
        .map(this::products)
        .orElseGet(
            () ->
                NativeCall.bind(
                    operation,
                    inputs.stream().map(Value::array).toList(),
                    outputs.stream().map(Value::array).toList()));
  }

  private Kernel products(BatchInvariance examples) {
    long each = examples.together(this, this::product) * examples.rows(output());
    long rows = output().shape()[0];
    if (each == rows) {
      return product(input(0).array(), input(1).array(), output().array());
    }
    Products products = new Products();
    try {
      products.add(this, each, rows / each * each);
      if (rows % each > 0) {
        products.addPadded(this, each, rows % each);
      }
    } catch (RuntimeException | Error e) {
      products.close();
      throw e;
    }
    return products;
  }

  private NativeCall product(INDArray left, INDArray right, INDArray result) {
    return NativeCall.bind(operation, List.of(left, right), List.of(result));
  }

  /** Returns some of a matrix's rows. */
  private static INDArray rows(INDArray matrix, long first, long count) {
    long[] shape = {count, matrix.size(1)};
    return Arena.view(matrix, matrix.offset() + first * shape[1], shape);
  }

  /** Products computed one after another. */
  private static final class Products implements Kernel {

    private final List<NativeCall> calls = new ArrayList<>();
    private final List<INDArray> padded = new ArrayList<>();

    /** Adds products of {@code each} rows for the first rows. */
    void add(TracedCall call, long each, long rows) {
      for (long first = 0; first < rows; first += each) {
        calls.add(
            call.product(
                rows(call.input(0).array(), first, each),
                call.input(1).array(),
                rows(call.output().array(), first, each)));
      }
    }

    /** Adds a product of {@code each} rows for the last {@code count} ones. */
    void addPadded(TracedCall call, long each, long count) {
      INDArray left = padded(call.input(0), each);
      INDArray result = padded(call.output(), each);
      long first = call.output().shape()[0] - count;
      calls.add(copy(rows(call.input(0).array(), first, count), rows(left, 0, count)));
      calls.add(call.product(left, call.input(1).array(), result));
      calls.add(copy(rows(result, 0, count), rows(call.output().array(), first, count)));
    }

    private INDArray padded(Value matrix, long rows) {
      padded.add(Nd4j.zeros(matrix.dataType(), rows, matrix.shape()[1]));
      return padded.get(padded.size() - 1);
    }

    private static NativeCall copy(INDArray from, INDArray to) {
      return NativeCall.bind(new Assign(), List.of(to, from), List.of(to));
    }

    @Override
    public void run() {
      calls.forEach(NativeCall::run);
    }

    @Override
    public void close() {
      calls.forEach(NativeCall::close);
      padded.forEach(INDArray::close);
    }
  }
}
