package io.ddgan.graph;

import java.util.List;
import java.util.Optional;

/** A sum as products with vectors of ones. */
final class SumLowering implements Lowering {

  @Override
  public Optional<List<Value>> lower(TracedCall call, boolean[] wanted, Emitter emitter) {
    return Reduction.of(call)
        .map(r -> List.of(r.weightedSum(emitter, 1).reshaped(call.output().shape())));
  }
}
