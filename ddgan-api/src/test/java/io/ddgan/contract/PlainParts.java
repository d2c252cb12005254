package io.ddgan.contract;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Generator;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Parts;
import io.ddgan.api.ReverseStep;
import java.util.List;
import java.util.Optional;

/** A process of three steps and a generator that estimates the data, and nothing else. */
public interface PlainParts extends Parts {

  @Override
  default DiffusionProcess process() {
    return new UniformDiffusion(3);
  }

  @Override
  default ReverseStep reverse() {
    return new DataStep();
  }

  @Override
  default Generator generator() {
    return new SmallParts.SmallGenerator();
  }

  @Override
  default Optional<Discriminator> discriminator() {
    return Optional.empty();
  }

  @Override
  default Optional<AdversarialLoss> loss() {
    return Optional.empty();
  }

  @Override
  default List<GradientPenalty> penalties() {
    return List.of();
  }
}
