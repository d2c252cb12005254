package io.ddgan.graph;

import java.util.List;
import java.util.Optional;

/** The gradient of a mean: an equal share for every element averaged over. */
final class MeanGradientLowering implements Lowering {

  @Override
  public Optional<List<Value>> lower(TracedCall call, boolean[] wanted, Emitter emitter) {
    return Reduction.ofGradient(call)
        .map(
            r -> {
              Value gradient = emitter.times(call.input(1).reshaped(r.kept()), r.share());
              return List.of(r.spread(emitter, gradient));
            });
  }
}
