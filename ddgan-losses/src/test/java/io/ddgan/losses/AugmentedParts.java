package io.ddgan.losses;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.api.Augmentation;
import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Generator;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Parts;
import io.ddgan.api.ReverseStep;
import java.util.List;
import java.util.Optional;

/** Other parts, with augmentations. */
record AugmentedParts(Parts parts, List<Augmentation> augmentations) implements Parts {

  @Override
  public DiffusionProcess process() {
    return parts.process();
  }

  @Override
  public ReverseStep reverse() {
    return parts.reverse();
  }

  @Override
  public Generator generator() {
    return parts.generator();
  }

  @Override
  public Optional<Discriminator> discriminator() {
    return parts.discriminator();
  }

  @Override
  public Optional<AdversarialLoss> loss() {
    return parts.loss();
  }

  @Override
  public List<GradientPenalty> penalties() {
    return parts.penalties();
  }
}
