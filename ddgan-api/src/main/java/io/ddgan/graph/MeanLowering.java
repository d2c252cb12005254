package io.ddgan.graph;

import java.util.List;
import java.util.Optional;

/** A mean as a product with a vector that holds the weight of one element. */
final class MeanLowering implements Lowering {

  @Override
  public Optional<List<Value>> lower(TracedCall call, boolean[] wanted, Emitter emitter) {
    return Reduction.of(call)
        .map(r -> List.of(r.weightedSum(emitter, r.share()).reshaped(call.output().shape())));
  }
}
