package io.ddgan.internal.graph;

import static java.util.Map.entry;

import io.ddgan.engine.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;

/** The lowerings that every plan uses, by the operation's name. */
final class Lowerings {

  private Lowerings() {}

  static Map<String, Lowering> standard() {
    Map<String, Lowering> all = new HashMap<>(ofGraphs());
    all.putAll(GradientLowerings.all());
    return all;
  }

  private static Map<String, Lowering> ofGraphs() {
    Lowering itself = ofSingles((emitter, x) -> x);
    Lowering magnitude = ofSingles(Emitter::abs);
    return Map.ofEntries(
        entry("reshape", Lowerings::view),
        entry("expand_dims", Lowerings::view),
        entry("squeeze", Lowerings::view),
        entry("leakyrelu", Lowerings::leakyRelu),
        entry("tanh", Lowerings::tanh),
        entry("reduce_sum", Lowerings::sum),
        entry("reduce_mean", Lowerings::mean),
        entry("reduce_max", itself),
        entry("reduce_min", itself),
        entry("reduce_prod", itself),
        entry("reduce_norm1", magnitude),
        entry("reduce_norm2", magnitude),
        entry("reduce_normmax", magnitude),
        entry("asum", magnitude),
        entry("reduce_sqnorm", ofSingles((emitter, x) -> emitter.times(x, x))));
  }

  /** Returns a view, because all values are contiguous. */
  private static Optional<List<Value>> view(TracedCall call, boolean[] wanted, Emitter emitter) {
    return Optional.of(List.of(call.input(0).reshaped(call.output().shape())));
  }

  /** Leaky ReLU as max(x, slope x), for a slope from 0 to 1. */
  private static Optional<List<Value>> leakyRelu(
      TracedCall call, boolean[] wanted, Emitter emitter) {
    double slope = ((LeakyReLU) call.operation()).scalar().getDouble(0);
    if (slope < 0 || slope > 1) {
      return Optional.empty();
    }
    Value x = call.input(0);
    return Optional.of(List.of(emitter.maximum(x, emitter.times(x, slope))));
  }

  /** Uses the vectorised tanh of the native library. */
  private static Optional<List<Value>> tanh(TracedCall call, boolean[] wanted, Emitter emitter) {
    return Optional.of(List.of(emitter.tanh(call.input(0))));
  }

  /** A sum as products with vectors of ones. */
  private static Optional<List<Value>> sum(TracedCall call, boolean[] wanted, Emitter emitter) {
    return Reduction.of(call)
        .map(r -> List.of(r.weightedSum(emitter, 1).reshaped(call.output().shape())));
  }

  /** A mean as a product with a vector that holds the weight of one element. */
  private static Optional<List<Value>> mean(TracedCall call, boolean[] wanted, Emitter emitter) {
    return Reduction.of(call)
        .map(r -> List.of(r.weightedSum(emitter, r.share()).reshaped(call.output().shape())));
  }

  /** A reduction along dimensions of size 1, on which SameDiff's own session fails. */
  private static Lowering ofSingles(BiFunction<Emitter, Value, Value> ofOne) {
    return (call, wanted, emitter) -> {
      Value x = call.input(0);
      return x.length() == call.output().length()
          ? Optional.of(List.of(ofOne.apply(emitter, x).reshaped(call.output().shape())))
          : Optional.empty();
    };
  }
}
