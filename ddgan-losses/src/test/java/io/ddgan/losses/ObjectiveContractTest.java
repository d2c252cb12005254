package io.ddgan.losses;

import io.ddgan.api.GradientPenalty.Place;
import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.Ramp;
import io.ddgan.contract.ObjectiveContract;
import io.ddgan.contract.SmallParts;
import io.ddgan.losses.DdganObjective.DiscriminatorInputs;
import io.ddgan.losses.DdganObjective.ReconstructionWeighting;
import io.ddgan.losses.SemiImplicitObjective.Target;
import io.ddgan.losses.SemiImplicitObjective.Weighting;
import java.util.List;
import java.util.stream.Stream;

class ObjectiveContractTest extends ObjectiveContract {

  @Override
  protected Stream<Objective> objectives() {
    return Stream.of(
        new DdganObjective(
            Latent.NORMAL,
            new DiscriminatorInputs(true, true),
            Ramp.constant(0),
            Ramp.constant(0),
            ReconstructionWeighting.NONE),
        new DdganObjective(
            Latent.NONE,
            new DiscriminatorInputs(false, false),
            Ramp.constant(0.3),
            Ramp.constant(0),
            ReconstructionWeighting.NONE),
        new DdganObjective(
            Latent.NORMAL,
            new DiscriminatorInputs(true, true),
            Ramp.constant(0.3),
            Ramp.constant(0.4),
            ReconstructionWeighting.SIGNAL),
        new DenoisingObjective(Latent.NONE, DenoisingTarget.EPSILON),
        new DenoisingObjective(Latent.NORMAL, DenoisingTarget.OUTPUT),
        new DiffusionGanObjective(
            Latent.NORMAL, true, 1, 0.6, 1000, 4, TimestepDistribution.PRIORITY, 0.25, 0.5),
        new DiffusionGanObjective(
            Latent.NONE, false, 3, 0.6, 1000, 4, TimestepDistribution.UNIFORM, 0, 1),
        new OneShotObjective(Latent.NORMAL, true),
        new OneShotObjective(Latent.NONE, false),
        new SemiImplicitObjective(
            Latent.NORMAL,
            Ramp.constant(1),
            Target.XTP1,
            Weighting.INVERSE_VARIANCE,
            true,
            Ramp.constant(0)),
        new SemiImplicitObjective(
            Latent.NONE, Ramp.cosine(0.4, 1), Target.XT, Weighting.NONE, false, Ramp.constant(0.5)),
        new SemiImplicitObjective(
            Latent.NORMAL,
            Ramp.constant(0),
            Target.XTP1,
            Weighting.INVERSE_VARIANCE,
            true,
            Ramp.cosine(0.2, 1)),
        new UnbalancedTransportObjective(
            Latent.NORMAL, Ramp.constant(0.1), Conjugate.SOFTPLUS, Conjugate.KL),
        new UnbalancedTransportObjective(
            Latent.NONE, Ramp.cosine(0.2, 1), Conjugate.CHI_SQUARED, Conjugate.LINEAR));
  }

  @Override
  protected ObjectiveComponents parts() {
    Ramp weight = Ramp.constant(0.5);
    return SmallParts.of(
        List.of(
            new R1Penalty(weight, 2, Place.REAL),
            new R1Penalty(weight, 3, Place.GENERATED),
            new WganPenalty(weight, 2),
            new NoPenalty()));
  }
}
