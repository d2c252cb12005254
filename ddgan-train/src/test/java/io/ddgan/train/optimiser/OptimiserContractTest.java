package io.ddgan.train.optimiser;

import io.ddgan.api.Optimiser;
import io.ddgan.api.Ramp;
import io.ddgan.contract.OptimiserContract;
import java.util.stream.Stream;

class OptimiserContractTest extends OptimiserContract {

  @Override
  protected Stream<Optimiser> optimisers() {
    return Stream.of(
        new Adam(Ramp.constant(0.5), Ramp.constant(0.9), 1e-8),
        new Adam(Ramp.cosine(0, 0.9), Ramp.cosine(0.9, 0.999), 1e-3),
        new AdamW(Ramp.constant(0.9), Ramp.constant(0.99), 1e-8, Ramp.constant(0.1)),
        new Sgd(Ramp.constant(0), false),
        new Sgd(Ramp.constant(0.9), false),
        new Sgd(Ramp.cosine(0.5, 0.9), true));
  }
}
