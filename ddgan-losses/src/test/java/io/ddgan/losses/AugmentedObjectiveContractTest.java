package io.ddgan.losses;

import io.ddgan.api.GradientPenalty.Place;
import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.Ramp;
import io.ddgan.contract.ObjectiveContract;
import io.ddgan.contract.SmallParts;
import io.ddgan.losses.DdganObjective.DiscriminatorInputs;
import io.ddgan.losses.DdganObjective.ReconstructionWeighting;
import io.ddgan.losses.augmentation.Noise;
import io.ddgan.losses.augmentation.Rotation;
import java.util.List;
import java.util.stream.Stream;

/** Penalties at all places are taken before the augmentations, and exact. */
class AugmentedObjectiveContractTest extends ObjectiveContract {

  @Override
  protected Stream<Objective> objectives() {
    return Stream.of(
        new DdganObjective(
            Latent.NORMAL,
            new DiscriminatorInputs(true, true),
            Ramp.constant(0.3),
            Ramp.constant(0),
            ReconstructionWeighting.NONE),
        new OneShotObjective(Latent.NORMAL, true));
  }

  @Override
  protected ObjectiveComponents parts() {
    Ramp weight = Ramp.constant(0.5);
    Ramp often = Ramp.constant(0.7);
    return SmallParts.of(
        List.of(
            new R1Penalty(weight, 2, Place.REAL),
            new R1Penalty(weight, 3, Place.GENERATED),
            new WganPenalty(weight, 2)),
        new Rotation(often, Ramp.constant(90)),
        new Noise(often, Ramp.constant(0.3)),
        new Rotation(often, Ramp.constant(45)));
  }
}
