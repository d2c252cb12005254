package io.ddgan.losses;

import io.ddgan.api.ExperimentComponents;
import io.ddgan.api.GradientPenalty.Place;
import io.ddgan.api.Objective;
import io.ddgan.api.Ramp;
import io.ddgan.contract.ObjectiveContract;
import io.ddgan.contract.SmallParts;
import io.ddgan.losses.AdversarialObjective.DiscriminatorSees;
import io.ddgan.losses.AdversarialObjective.ReconstructionScale;
import io.ddgan.losses.SemiImplicitObjective.Scale;
import io.ddgan.losses.SemiImplicitObjective.Target;
import java.util.List;
import java.util.stream.Stream;

class ObjectiveContractTest extends ObjectiveContract {

  @Override
  protected Stream<Objective> objectives() {
    return Stream.of(
        new AdversarialObjective(
            Latent.NORMAL,
            new DiscriminatorSees(true, true),
            Ramp.constant(0),
            Ramp.constant(0),
            ReconstructionScale.NONE),
        new AdversarialObjective(
            Latent.NONE,
            new DiscriminatorSees(false, false),
            Ramp.constant(0.3),
            Ramp.constant(0),
            ReconstructionScale.NONE),
        new AdversarialObjective(
            Latent.NORMAL,
            new DiscriminatorSees(true, true),
            Ramp.constant(0.3),
            Ramp.constant(0.4),
            ReconstructionScale.SIGNAL),
        new DenoisingObjective(Latent.NONE, DenoisingError.NOISE),
        new DenoisingObjective(Latent.NORMAL, DenoisingError.OUTPUT),
        new DiffusionGanObjective(Latent.NORMAL, true, 1, 0.6, 1000, 4, Times.PRIORITY, 0.25, 0.5),
        new DiffusionGanObjective(Latent.NONE, false, 3, 0.6, 1000, 4, Times.UNIFORM, 0, 1),
        new OneShotObjective(Latent.NORMAL, true),
        new OneShotObjective(Latent.NONE, false),
        new SemiImplicitObjective(
            Latent.NORMAL,
            Ramp.constant(1),
            Target.NOISIER,
            Scale.VARIANCE,
            true,
            Ramp.constant(0)),
        new SemiImplicitObjective(
            Latent.NONE,
            Ramp.cosine(0.4, 1),
            Target.CLEANER,
            Scale.NONE,
            false,
            Ramp.constant(0.5)),
        new SemiImplicitObjective(
            Latent.NORMAL,
            Ramp.constant(0),
            Target.NOISIER,
            Scale.VARIANCE,
            true,
            Ramp.cosine(0.2, 1)),
        new UnbalancedTransportObjective(
            Latent.NORMAL, Ramp.constant(0.1), Conjugate.SOFTPLUS, Conjugate.KL),
        new UnbalancedTransportObjective(
            Latent.NONE, Ramp.cosine(0.2, 1), Conjugate.CHI_SQUARED, Conjugate.LINEAR));
  }

  @Override
  protected ExperimentComponents parts() {
    Ramp weight = Ramp.constant(0.5);
    return SmallParts.of(
        List.of(
            new R1Penalty(weight, 2, Place.REAL),
            new R1Penalty(weight, 3, Place.GENERATED),
            new WganPenalty(weight, 2),
            new NoPenalty()));
  }
}
