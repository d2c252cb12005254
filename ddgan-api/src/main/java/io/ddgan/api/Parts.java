package io.ddgan.api;

import java.util.List;
import java.util.Optional;

/** What an experiment configures besides its objective, for the objective to use. */
public interface Parts {

  /** The forward process. */
  DiffusionProcess process();

  /** What the generator's output means. */
  ReverseStep reverse();

  /** The generator. */
  Generator generator();

  /** The discriminator, if one is configured. */
  Optional<Discriminator> discriminator();

  /** The adversarial loss, if one is configured. */
  Optional<AdversarialLoss> loss();

  /** The gradient penalties, possibly none. */
  List<GradientPenalty> penalties();

  /** What is done to examples before the discriminator sees them, possibly nothing. */
  default List<Augmentation> augmentations() {
    return List.of();
  }

  /** The discriminator; a RefusedException if none is configured. */
  default Discriminator requireDiscriminator() {
    return discriminator().orElseThrow(() -> missing("discriminator"));
  }

  /** The adversarial loss; a RefusedException if none is configured. */
  default AdversarialLoss requireLoss() {
    return loss().orElseThrow(() -> missing("loss"));
  }

  private static IllegalArgumentException missing(String key) {
    return new RefusedException(
        "this objective needs %s { type = ... }; the command list has all types".formatted(key));
  }
}
