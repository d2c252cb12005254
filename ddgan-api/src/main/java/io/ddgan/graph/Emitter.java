package io.ddgan.graph;

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

/** Makes the calls that lowerings are written in. All of them are fast native operations. */
final class Emitter {

  /** Sums of so many elements are made in parts, which halves their rounding at no cost. */
  private static final long LONG = 1024;

  private static final long MOST_PARTS = 16;

  private final Consumer<TracedCall> calls;
  private final Consumer<INDArray> constants;

  /**
   * Makes calls.
   *
   * @param calls takes every call
   * @param constants takes the memory of every constant
   */
  Emitter(Consumer<TracedCall> calls, Consumer<INDArray> constants) {
    this.calls = calls;
    this.constants = constants;
  }

  /** A call with one output of a known shape. */
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

  /** 1 where the value is positive, 0 elsewhere. */
  Value positive(Value a) {
    return scalar(new Step(), a, 0);
  }

  Value abs(Value a) {
    return call(new Abs(), a.shape(), a);
  }

  Value tanh(Value a) {
    return call(DynamicCustomOp.builder("tanh").build(), a.shape(), a);
  }

  /** {@code op(a) op(b)}, where op may exchange the last two dimensions. */
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

  /**
   * Sums over the dimensions that a value has been broadcast along: the gradient of broadcasting.
   *
   * @param shape a shape that broadcasts to the value's
   */
  Value sumTo(Value a, long[] shape) {
    if (a.hasShape(shape)) {
      return a;
    }
    int rank = a.shape().length;
    long[] kept = new long[rank];
    Arrays.fill(kept, 1);
    if (!isSingle(shape)) { // a single element may have more dimensions than what it broadcasts to
      System.arraycopy(shape, 0, kept, rank - shape.length, shape.length);
    }
    return weightedSum(a, kept, 1).reshaped(shape);
  }

  /**
   * A sum times a weight, as products with a vector in which every element is the weight: several
   * times as fast as a reduction.
   *
   * @param kept shape of the result: that of the value, with 1 for every dimension summed over
   */
  Value weightedSum(Value a, long[] kept, double weight) {
    long[] shape = a.shape();
    int rank = shape.length;
    int trailing = rank;
    while (trailing > 0 && kept[trailing - 1] == 1) {
      trailing--;
    }
    long inner = product(shape, trailing, rank);
    Value rows = a;
    if (inner > 1) {
      long parts = inner < LONG ? 1 : largestDivisorUpTo(MOST_PARTS, inner);
      if (parts > 1) {
        rows = sumOfRows(a, inner / parts, 1);
      }
      rows = sumOfRows(rows, parts > 1 ? parts : inner, weight);
      return weightedSum(rows.reshaped(withOnes(shape, trailing, rank)), kept, 1);
    }
    int leading = 0;
    while (leading < rank && kept[leading] == 1) {
      leading++;
    }
    long outer = product(shape, 0, leading);
    if (outer > 1) {
      Value ones = constant(a.dataType(), weight, 1, outer);
      rows = product(ones, false, a.reshaped(outer, product(shape, leading, rank)), false);
      return weightedSum(rows.reshaped(withOnes(shape, 0, leading)), kept, 1);
    }
    return between(weight == 1 ? a : times(a, weight), kept);
  }

  /** Sums of so many elements each that lie one after another, times a weight. */
  private Value sumOfRows(Value a, long length, double weight) {
    Value ones = constant(a.dataType(), weight, length, 1);
    return product(a.reshaped(a.length() / length, length), false, ones, false);
  }

  private static long largestDivisorUpTo(long most, long n) {
    long divisor = most;
    while (n % divisor != 0) {
      divisor--;
    }
    return divisor;
  }

  /** Sums over dimensions that lie between others. */
  private Value between(Value a, long[] kept) {
    if (a.hasShape(kept)) {
      return a;
    }
    long[] axes = new long[kept.length];
    int count = 0;
    for (int i = 0; i < kept.length; i++) {
      if (kept[i] != a.shape()[i]) {
        axes[count++] = i;
      }
    }
    var sum =
        DynamicCustomOp.builder("reduce_sum")
            .addIntegerArguments(Arrays.stream(axes).limit(count).mapToInt(x -> (int) x).toArray())
            .addFloatingPointArguments(1.0)
            .build();
    return call(sum, kept, a);
  }

  private Value constant(DataType type, double value, long... shape) {
    INDArray array = Nd4j.valueArrayOf(shape, value, type);
    constants.accept(array);
    return Value.constant(array);
  }

  private Value scalar(ScalarOp operation, Value a, double scalar) {
    operation.setScalar(Nd4j.scalar(a.dataType(), scalar));
    return call((DifferentialFunction) operation, a.shape(), a);
  }

  /** A single element must not have more dimensions than the other side. */
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

  private static long[] withOnes(long[] shape, int from, int to) {
    long[] result = shape.clone();
    Arrays.fill(result, from, to, 1);
    return result;
  }

  private static long product(long[] shape, int from, int to) {
    return Arrays.stream(shape, from, to).reduce(1, Math::multiplyExact);
  }
}
