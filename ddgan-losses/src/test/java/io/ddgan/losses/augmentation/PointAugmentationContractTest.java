package io.ddgan.losses.augmentation;

import io.ddgan.api.Augmentation;
import io.ddgan.api.Ramp;
import io.ddgan.contract.AugmentationContract;
import java.util.stream.Stream;

class PointAugmentationContractTest extends AugmentationContract {

  @Override
  protected Stream<Augmentation> augmentations() {
    return Stream.of(
        new Noise(Ramp.constant(0.5), Ramp.constant(0.2)),
        new Rotation(Ramp.constant(0.7), Ramp.constant(90)));
  }
}
