package io.ddgan.api;

import java.util.List;
import java.util.Optional;

/**
 * What an experiment configures besides its objective, for the objective to use.
 *
 * @param process the forward process
 * @param parameterization what the generator's output means
 * @param augmentations what is done to examples before the discriminator sees them
 */
public record ExperimentComponents(
    DiffusionProcess process,
    Parameterization parameterization,
    Generator generator,
    Optional<Discriminator> discriminator,
    Optional<AdversarialLoss> loss,
    List<GradientPenalty> penalties,
    List<Augmentation> augmentations) {

  public ExperimentComponents {
    penalties = List.copyOf(penalties);
    augmentations = List.copyOf(augmentations);
  }

  /** The discriminator; a RefusedException if none is configured. */
  public Discriminator requireDiscriminator() {
    return discriminator.orElseThrow(() -> missing("discriminator"));
  }

  /** The adversarial loss; a RefusedException if none is configured. */
  public AdversarialLoss requireLoss() {
    return loss.orElseThrow(() -> missing("loss"));
  }

  private static RefusedException missing(String key) {
    return new RefusedException(
        "this objective needs %s { type = ... }; the command list has all types".formatted(key));
  }
}
