package io.ddgan.graph;

import java.util.List;
import java.util.Optional;

/** The gradient of a sum: the same for every element summed over. */
final class SumGradientLowering implements Lowering {

  @Override
  public Optional<List<Value>> lower(TracedCall call, boolean[] wanted, Emitter emitter) {
    return Reduction.ofGradient(call)
        .map(r -> List.of(r.spread(emitter, call.input(1).reshaped(r.kept()))));
  }
}
