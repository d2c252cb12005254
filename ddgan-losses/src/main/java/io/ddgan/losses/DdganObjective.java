package io.ddgan.losses;

import io.ddgan.api.Batch;
import io.ddgan.api.ConditioningInputs;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.PenalisedAdversarialLoss;
import io.ddgan.api.Phase;
import io.ddgan.api.Ramp;
import io.ddgan.config.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.ops.SDMath;

/**
 * The denoising diffusion GAN (Xiao et al., 2022, equation 4). The discriminator separates real
 * pairs of x_t and x_{t+1} from pairs with a generated x_t. An optional reconstruction term (Phung
 * et al., 2023, equation 10) is the mean absolute difference between x_0 and its prediction, or the
 * mean squared one, as in denoising diffusion. The first is minimal at the median of all possible
 * x_0, which ignores rare modes, the second at their mean.
 */
public record DdganObjective(
    @Key("distribution of the latent vectors: normal, or none for Gaussian steps")
        Latent latentDistribution,
    @Key("inputs of the discriminator in addition to x_t") DiscriminatorInputs discriminatorInputs,
    @Key(value = "weight of the mean absolute difference between real and predicted x_0", min = 0)
        Ramp reconstructionL1Weight,
    @Key(value = "weight of the mean squared difference between real and predicted x_0", min = 0)
        Ramp reconstructionL2Weight,
    @Key("weighting of both by t: by the scale of x_0 in x_{t+1}, or none")
        ReconstructionWeighting reconstructionWeighting)
    implements Objective {

  /** The inputs of the discriminator in addition to x_t. */
  public record DiscriminatorInputs(
      @Key("whether to condition on x_{t+1}") boolean xtp1,
      @Key("whether to condition on the time") boolean time) {}

  /** The weighting of the reconstruction term by t. */
  public enum ReconstructionWeighting {
    /** By 1. */
    NONE,
    /**
     * By sqrt(alpha_bar_{t+1}), the scale of x_0 in x_{t+1}. The adversarial loss dominates at high
     * noise levels.
     */
    SIGNAL
  }

  @Override
  public Map<String, Network> networks(ObjectiveComponents components) {
    if (isReconstructed()) {
      X0Prediction.require(components, "a reconstruction term needs");
    }
    return Map.of(
        GENERATOR, components.generator(), DISCRIMINATOR, components.requireDiscriminator());
  }

  @Override
  public List<Phase> phases(ObjectiveComponents components) {
    PenalisedAdversarialLoss terms = new PenalisedAdversarialLoss(components, this::logits);
    return List.of(
        Phase.of(DISCRIMINATOR, batch -> terms.discriminatorLoss(batch, batch.xt(), fake(batch))),
        Phase.of(GENERATOR, batch -> generatorLoss(components, terms, batch)));
  }

  @Override
  public Inputs generatorInputs(ConditioningInputs given, SDVariable xtp1) {
    return latentDistribution.of(given, Objective.super.generatorInputs(given, xtp1));
  }

  private SDVariable output(Batch batch) {
    return batch.apply(GENERATOR, generatorInputs(batch, batch.xtp1()));
  }

  private SDVariable fake(Batch batch) {
    return batch.reverseStep(output(batch));
  }

  private SDVariable generatorLoss(
      ObjectiveComponents components, PenalisedAdversarialLoss terms, Batch batch) {
    SDVariable output = output(batch);
    SDVariable loss = terms.generatorLoss(batch, batch.xt(), batch.reverseStep(output)).mean();
    if (isReconstructed()) {
      SDVariable difference = X0Prediction.ofData(components, batch, output).sub(batch.x0());
      SDMath math = batch.sameDiff().math();
      if (!reconstructionL1Weight.isZero()) {
        SDVariable distance =
            weightedMean(components, batch, "reconstruction", math.abs(difference));
        loss = loss.add(distance.mul(batch.number(reconstructionL1Weight)));
      }
      if (!reconstructionL2Weight.isZero()) {
        SDVariable distance =
            weightedMean(components, batch, "squared-reconstruction", math.square(difference));
        loss = loss.add(distance.mul(batch.number(reconstructionL2Weight)));
      }
    }
    return loss;
  }

  private boolean isReconstructed() {
    return !reconstructionL1Weight.isZero() || !reconstructionL2Weight.isZero();
  }

  /** Returns the mean, weighted by t, and reports the unweighted mean. */
  private SDVariable weightedMean(
      ObjectiveComponents components, Batch batch, String column, SDVariable distances) {
    SDVariable mean = distances.mean();
    batch.report(column, mean);
    return switch (reconstructionWeighting) {
      case NONE -> mean;
      case SIGNAL ->
          distances
              .mul(batch.perTimestep(t -> components.process().marginal(t + 1).signal()))
              .mean();
    };
  }

  @Override
  public Optional<Inputs> discriminatorInputs(
      ConditioningInputs given, SDVariable xt, SDVariable xtp1) {
    Inputs inputs = given.inputs().with(Inputs.XT, xt);
    return Optional.of(
        inputs
            .with(Inputs.XTP1, discriminatorInputs.xtp1() ? xtp1 : given.zeros(Inputs.XTP1))
            .with(
                Inputs.TIME, discriminatorInputs.time() ? given.time() : given.zeros(Inputs.TIME)));
  }

  private SDVariable logits(Batch batch, SDVariable xt) {
    return batch.apply(
        DISCRIMINATOR,
        discriminatorInputs(batch, batch.augment(xt), batch.augment(batch.xtp1())).orElseThrow());
  }
}
