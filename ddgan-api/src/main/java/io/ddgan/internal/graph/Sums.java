package io.ddgan.internal.graph;

import io.ddgan.engine.Call;
import io.ddgan.engine.SumCall;
import io.ddgan.engine.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * Replaces sums by products with a vector of weights, which are several times as fast as ND4J's
 * reductions.
 */
final class Sums {

  /** Sums of more elements are split, which halves the rounding errors at no cost. */
  private static final long LONG = 1024;

  private static final long MAX_PARTS = 16;

  private final List<TracedCall> calls = new ArrayList<>();
  private final Emitter emitter;

  private Sums(Consumer<INDArray> constants) {
    this.emitter = new Emitter(call -> calls.add((TracedCall) call), constants);
  }

  /**
   * Replaces sums by products.
   *
   * @param constants takes the memory of every constant
   */
  static List<Call> asProducts(List<Call> calls, Consumer<INDArray> constants) {
    List<Call> all = new ArrayList<>();
    for (Call call : calls) {
      if (call instanceof SumCall sum) {
        all.addAll(new Sums(constants).products(sum));
      } else {
        all.add(call);
      }
    }
    return all;
  }

  /** Returns the calls that compute a sum; the last one writes it. */
  private List<TracedCall> products(SumCall sum) {
    Value unused = weightedSum(sum.terms(), sum.sum().shape(), sum.weight());
    TracedCall last = calls.remove(calls.size() - 1);
    Value target = sum.sum().reshaped(last.output().shape());
    calls.add(new TracedCall(last.operation(), last.inputs(), List.of(target)));
    return calls;
  }

  private Value weightedSum(Value a, long[] kept, double weight) {
    long[] shape = a.shape();
    int rank = shape.length;
    int trailing = rank;
    while (trailing > 0 && kept[trailing - 1] == 1) {
      trailing--;
    }
    long inner = product(shape, trailing, rank);
    Value rows = a;
    if (inner > 1) {
      long parts = inner < LONG ? 1 : largestDivisorUpTo(MAX_PARTS, inner);
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
      Value ones = emitter.constant(a.dataType(), weight, 1, outer);
      rows = emitter.product(ones, false, a.reshaped(outer, product(shape, leading, rank)), false);
      return weightedSum(rows.reshaped(withOnes(shape, 0, leading)), kept, 1);
    }
    return between(weight == 1 ? a : emitter.times(a, weight), kept);
  }

  /** Returns weighted sums of consecutive elements, {@code length} each. */
  private Value sumOfRows(Value a, long length, double weight) {
    Value ones = emitter.constant(a.dataType(), weight, length, 1);
    return emitter.product(a.reshaped(a.length() / length, length), false, ones, false);
  }

  private static long largestDivisorUpTo(long limit, long n) {
    long divisor = limit;
    while (n % divisor != 0) {
      divisor--;
    }
    return divisor;
  }

  /** Sums over dimensions between others. */
  private Value between(Value a, long[] kept) {
    if (a.hasShape(kept)) {
      return a;
    }
    int[] axes = IntStream.range(0, kept.length).filter(i -> kept[i] != a.shape()[i]).toArray();
    var sum =
        DynamicCustomOp.builder("reduce_sum")
            .addIntegerArguments(axes)
            .addFloatingPointArguments(1.0)
            .build();
    return emitter.call(sum, kept, a);
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
