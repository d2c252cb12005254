package io.ddgan.api;

import java.util.List;
import java.util.Optional;

/**
 * The components of an experiment that an objective uses.
 *
 * @param process the forward process
 * @param parameterization the meaning of the generator's output
 * @param augmentations augmentations of the discriminator's inputs
 */
public record ObjectiveComponents(
    DiffusionProcess process,
    Parameterization parameterization,
    Generator generator,
    Optional<Discriminator> discriminator,
    Optional<AdversarialLoss> loss,
    List<GradientPenalty> penalties,
    List<Augmentation> augmentations) {

  public ObjectiveComponents {
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
        "this objective needs %s { type = ... }; ddgan list shows all types".formatted(key));
  }
}
