package io.ddgan.internal.graph;

import io.ddgan.engine.Call;
import io.ddgan.engine.SumCall;
import io.ddgan.engine.Value;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarAdd;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.custom.Assign;
import org.nd4j.linalg.api.ops.impl.transforms.custom.Max;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.DivOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.MulOp;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.factory.Nd4j;

/** Creates the calls that lowerings consist of. All are fast native operations. */
final class Emitter {

  private final Consumer<? super Call> calls;
  private final Consumer<INDArray> constants;

  /** Creates an emitter; the consumers take its calls, and the constants to be freed. */
  Emitter(Consumer<? super Call> calls, Consumer<INDArray> constants) {
    this.calls = calls;
    this.constants = constants;
  }

  /** Emits a call with one output of a known shape. */
  Value call(DifferentialFunction operation, long[] shape, Value... inputs) {
    Value output = Value.planned(inputs[0].dataType(), shape);
    calls.accept(new TracedCall(operation, List.of(inputs), List.of(output)));
    return output;
  }

  Value times(Value a, Value b) {
    return binary(new MulOp(), a, b);
  }

  Value dividedBy(Value a, Value b) {
    return binary(new DivOp(), a, b);
  }

  Value maximum(Value a, Value b) {
    return binary(new Max(), a, b);
  }

  Value times(Value a, double factor) {
    return scalar(new ScalarMultiplication(), a, factor);
  }

  Value plus(Value a, double term) {
    return scalar(new ScalarAdd(), a, term);
  }

  /** Returns 1 where the value is positive, 0 elsewhere. */
  Value positive(Value a) {
    return scalar(new Step(), a, 0);
  }

  Value abs(Value a) {
    return call(new Abs(), a.shape(), a);
  }

  Value tanh(Value a) {
    return call(DynamicCustomOp.builder("tanh").build(), a.shape(), a);
  }

  /** Returns {@code op(a) op(b)}, where op may transpose the last two dimensions. */
  Value product(Value a, boolean transposeA, Value b, boolean transposeB) {
    int rank = a.shape().length;
    long[] shape = a.shape().clone();
    shape[rank - 2] = a.shape()[transposeA ? rank - 1 : rank - 2];
    shape[rank - 1] = b.shape()[transposeB ? rank - 2 : rank - 1];
    var operation =
        DynamicCustomOp.builder("matmul")
            .addIntegerArguments(transposeA ? 1 : 0, transposeB ? 1 : 0, 0)
            .build();
    return call(operation, shape, a, b);
  }

  /** Copies a value into a larger shape that it broadcasts to. */
  Value broadcast(Value a, long[] shape) {
    Value output = Value.planned(a.dataType(), shape);
    calls.accept(new TracedCall(new Assign(), List.of(output, a), List.of(output)));
    return output;
  }

  /** Sums over the dimensions that a shape was broadcast along: the gradient of broadcasting. */
  Value sumTo(Value a, long[] shape) {
    if (a.hasShape(shape)) {
      return a;
    }
    int rank = a.shape().length;
    long[] kept = new long[rank];
    Arrays.fill(kept, 1);
    if (!isSingle(shape)) { // a single element may have a higher rank than the value
      System.arraycopy(shape, 0, kept, rank - shape.length, shape.length);
    }
    return weightedSum(a, kept, 1).reshaped(shape);
  }

  /** Returns a weighted sum, in the value's shape with size 1 in the summed dimensions. */
  Value weightedSum(Value a, long[] kept, double weight) {
    if (a.hasShape(kept)) {
      return weight == 1 ? a : times(a, weight);
    }
    Value sum = Value.planned(a.dataType(), kept);
    calls.accept(new SumCall(a, sum, weight));
    return sum;
  }

  Value constant(DataType type, double value, long... shape) {
    INDArray array = Nd4j.valueArrayOf(shape, value, type);
    constants.accept(array);
    return Value.constant(array);
  }

  private Value scalar(ScalarOp operation, Value a, double scalar) {
    operation.setScalar(Nd4j.scalar(a.dataType(), scalar));
    return call((DifferentialFunction) operation, a.shape(), a);
  }

  /** Emits a binary operation; a single element must not have a higher rank than the other side. */
  private Value binary(DifferentialFunction operation, Value a, Value b) {
    Value left = isSingle(a.shape()) ? withDimensionsOf(b, a) : a;
    Value right = isSingle(b.shape()) ? withDimensionsOf(a, b) : b;
    return call(operation, broadcastShape(left, right), left, right);
  }

  private static Value withDimensionsOf(Value other, Value single) {
    return single.shape().length > other.shape().length && !isSingle(other.shape())
        ? single.reshaped(1)
        : single;
  }

  private static long[] broadcastShape(Value a, Value b) {
    long[] x = a.shape();
    long[] y = b.shape();
    long[] shape = new long[Math.max(x.length, y.length)];
    for (int i = 1; i <= shape.length; i++) {
      long p = i <= x.length ? x[x.length - i] : 1;
      long q = i <= y.length ? y[y.length - i] : 1;
      shape[shape.length - i] = Math.max(p, q);
    }
    return shape;
  }

  private static boolean isSingle(long[] shape) {
    return Arrays.stream(shape).allMatch(n -> n == 1);
  }
}
