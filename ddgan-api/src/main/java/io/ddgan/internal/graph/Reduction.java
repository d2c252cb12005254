package io.ddgan.internal.graph;

import io.ddgan.engine.Value;
import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/** The input of a reduction and the dimensions that remain. */
final class Reduction {

  private final Value x;
  private final long[] kept;

  private Reduction(Value x, int[] axes) {
    this.x = x;
    this.kept = kept(x, axes);
  }

  /** Returns the reduction of a sum or mean of floats; empty if its dimensions are a variable. */
  static Optional<Reduction> of(TracedCall call) {
    if (!(call.operation() instanceof BaseReduceOp operation) || call.inputs().size() != 1) {
      return Optional.empty();
    }
    if (!call.input(0).dataType().isFPType()) {
      return Optional.empty();
    }
    INDArray dimensions = operation.dimensions();
    int[] axes = dimensions == null ? new int[0] : dimensions.toIntVector();
    return Optional.of(new Reduction(call.input(0), axes));
  }

  /**
   * Returns the reduction of a sum's or mean's gradient; empty if its dimensions are a variable.
   */
  static Optional<Reduction> ofGradient(TracedCall call) {
    if (call.inputs().size() != 2) {
      return Optional.empty();
    }
    long[] axes = ((DynamicCustomOp) call.operation()).iArgs();
    return Optional.of(
        new Reduction(call.input(0), Arrays.stream(axes).mapToInt(Math::toIntExact).toArray()));
  }

  /** Returns the shape with size 1 in the reduced dimensions. */
  long[] kept() {
    return kept;
  }

  /** Returns the weight of one element in a mean. */
  double share() {
    return (double) Arrays.stream(kept).reduce(1, Math::multiplyExact) / x.length();
  }

  Value weightedSum(Emitter emitter, double weight) {
    return emitter.weightedSum(x, kept, weight);
  }

  /** Broadcasts a value of the kept shape along the reduced dimensions. */
  Value spread(Emitter emitter, Value value) {
    return x.hasShape(kept) ? value : emitter.broadcast(value, x.shape());
  }

  /** Returns the kept shape; no axes, or the largest integer, mean all dimensions. */
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
}
