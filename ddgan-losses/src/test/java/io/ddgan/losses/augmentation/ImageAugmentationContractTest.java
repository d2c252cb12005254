package io.ddgan.losses.augmentation;

import io.ddgan.api.AdaptiveValue;
import io.ddgan.api.Augmentation;
import io.ddgan.api.DataShape;
import io.ddgan.api.Ramp;
import io.ddgan.api.ScheduledValue;
import io.ddgan.contract.AugmentationContract;
import java.util.Optional;
import java.util.stream.Stream;

class ImageAugmentationContractTest extends AugmentationContract {

  private static final ScheduledValue ALWAYS = Ramp.constant(1);
  private static final ScheduledValue ADAPTIVE =
      new AdaptiveValue(0.6, Optional.empty(), 0, 1, 500_000, 4, "overfitting");

  @Override
  protected Stream<Augmentation> augmentations() {
    ScheduledValue share = Ramp.constant(0.4);
    return Stream.of(
        new Color(ALWAYS, ADAPTIVE),
        new Translation(ALWAYS, share, Padding.ZERO),
        new Translation(ADAPTIVE, Ramp.constant(0.5), Padding.REFLECT),
        new Cutout(ALWAYS, share),
        new Flip(ALWAYS),
        new Blitting(ADAPTIVE, true, true, share),
        new Blitting(ALWAYS, false, false, share),
        new Noise(ALWAYS, ADAPTIVE));
  }

  @Override
  protected DataShape shape() {
    return DataShape.image(2, 3, 3);
  }
}
