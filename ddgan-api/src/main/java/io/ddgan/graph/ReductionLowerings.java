package io.ddgan.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/** Sums and means as products with a vector, and their gradients as broadcasts. */
final class ReductionLowerings {

  private ReductionLowerings() {}

  static Optional<List<Value>> sum(TracedCall call, boolean[] wanted, Emitter emitter) {
    return reduce(call, emitter, false);
  }

  static Optional<List<Value>> mean(TracedCall call, boolean[] wanted, Emitter emitter) {
    return reduce(call, emitter, true);
  }

  static Optional<List<Value>> sumGradient(TracedCall call, boolean[] wanted, Emitter emitter) {
    return spread(call, emitter, false);
  }

  static Optional<List<Value>> meanGradient(TracedCall call, boolean[] wanted, Emitter emitter) {
    return spread(call, emitter, true);
  }

  private static Optional<List<Value>> reduce(TracedCall call, Emitter emitter, boolean mean) {
    if (!(call.operation() instanceof BaseReduceOp operation) || call.inputs().size() != 1) {
      return Optional.empty();
    }
    Value x = call.input(0);
    if (!x.dataType().isFPType()) {
      return Optional.empty();
    }
    INDArray dimensions = operation.dimensions();
    long[] kept = kept(x, dimensions == null ? new int[0] : dimensions.toIntVector());
    double weight = mean ? (double) length(kept) / x.length() : 1;
    return Optional.of(
        List.of(emitter.weightedSum(x, kept, weight).reshaped(call.output().shape())));
  }

  private static Optional<List<Value>> spread(TracedCall call, Emitter emitter, boolean mean) {
    if (call.inputs().size() != 2) {
      return Optional.empty();
    }
    Value x = call.input(0);
    long[] axes = ((DynamicCustomOp) call.operation()).iArgs();
    long[] kept = kept(x, Arrays.stream(axes).mapToInt(Math::toIntExact).toArray());
    Value gradient = call.input(1).reshaped(kept);
    if (mean) {
      gradient = emitter.times(gradient, (double) gradient.length() / x.length());
    }
    return Optional.of(
        List.of(x.hasShape(kept) ? gradient : emitter.broadcast(gradient, x.shape())));
  }

  /** The shape with 1 for every axis; no axes, or the largest integer, mean all. */
  private static long[] kept(Value x, int[] axes) {
    long[] kept = x.shape().clone();
    if (axes.length == 0 || axes[0] == Integer.MAX_VALUE) {
      Arrays.fill(kept, 1);
    }
    for (int axis : axes) {
      if (axis != Integer.MAX_VALUE) {
        kept[axis < 0 ? axis + kept.length : axis] = 1;
      }
    }
    return kept;
  }

  private static long length(long[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }
}
