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

/**
 * {@link SmallParts} without discriminator, loss and penalties, for tests with parts of their own.
 */
public interface PlainParts extends Parts {

  @Override
  default DiffusionProcess process() {
    return new SmallParts().process();
  }

  @Override
  default ReverseStep reverse() {
    return new SmallParts().reverse();
  }

  @Override
  default Generator generator() {
    return new SmallParts().generator();
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
