package io.ddgan.losses;

import io.ddgan.api.AdaptiveValue;
import io.ddgan.api.Batch;
import io.ddgan.api.ConditioningInputs;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.PenalisedAdversarialLoss;
import io.ddgan.api.Phase;
import io.ddgan.api.Ramp;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Sampler;
import io.ddgan.api.Sampler.Step;
import io.ddgan.api.ScheduledValue;
import io.ddgan.config.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Diffusion-GAN (Wang et al., 2023): a one-shot generator with adaptive diffusion of the
 * discriminator's inputs. The time of each example is drawn from 0 to length - 1. The length,
 * between {@code minTimesteps} and the number of denoising steps, is adapted until the mean sign of
 * the logits of real examples reaches the target: the more the discriminator overfits, the more
 * noise.
 */
public record DiffusionGanObjective(
    @Key("distribution of the latent vectors: normal, or none") Latent latentDistribution,
    @Key("whether to condition the discriminator on the time") boolean timeConditionalDiscriminator,
    @Key(value = "minimum and initial number of timesteps", min = 1) int minTimesteps,
    @Key(
            value = "mean sign of real logits above which the number of timesteps grows",
            min = -1,
            max = 1)
        double target,
    @Key(value = "number of real examples that a change from minimum to maximum takes", min = 1)
        long adaptationExamples,
    @Key(value = "number of steps between adaptations", min = 1) int every,
    @Key("distribution of the timesteps: uniform, or priority for later ones")
        TimestepDistribution timestepDistribution,
    @Key(value = "fraction of examples that are not diffused (time 0)", min = 0, max = 0.99)
        double cleanShare,
    @Key(value = "standard deviation of the diffusion noise", min = 0, max = 10) double noiseStd)
    implements Objective {

  @Override
  public Map<String, Network> networks(ObjectiveComponents components) {
    int steps = components.process().steps();
    if (minTimesteps > steps) {
      throw new RefusedException(
          "min-timesteps = %d is more than the %d denoising steps of the schedule; set schedule.steps to more, such as 1000"
              .formatted(minTimesteps, steps));
    }
    return oneShot().networks(components);
  }

  @Override
  public List<Phase> phases(ObjectiveComponents components) {
    return List.of(
        Phase.of(
            DISCRIMINATOR,
            batch -> {
              Diffusion diffusion = diffusion(components, batch);
              return terms(components, diffusion)
                  .discriminatorLoss(batch, real(batch, diffusion), fake(batch, diffusion));
            }),
        Phase.of(
            GENERATOR,
            batch -> {
              Diffusion diffusion = diffusion(components, batch);
              return terms(components, diffusion)
                  .generatorLoss(batch, real(batch, diffusion), fake(batch, diffusion));
            }));
  }

  /**
   * The diffusion of a batch's examples.
   *
   * @param time time of each example, {@code [N]}
   * @param signal factor of the examples, {@code [N, 1, ..., 1]}
   * @param noise standard deviation of the added noise, {@code [N, 1, ..., 1]}
   */
  private record Diffusion(SDVariable time, SDVariable signal, SDVariable noise) {

    SDVariable of(SDVariable x, SDVariable epsilon) {
      return x.mul(signal).add(epsilon.mul(noise));
    }
  }

  private Diffusion diffusion(ObjectiveComponents components, Batch batch) {
    int steps = components.process().steps();
    SDVariable time = time(components, batch);
    return new Diffusion(
        time,
        TimestepDistribution.lookUp(
            batch, time, steps, t -> components.process().marginal(t).signal()),
        TimestepDistribution.lookUp(
            batch, time, steps, t -> noiseStd * components.process().marginal(t).noise()));
  }

  private PenalisedAdversarialLoss terms(ObjectiveComponents components, Diffusion diffusion) {
    return new PenalisedAdversarialLoss(
        components, (batch, x) -> oneShot().logits(batch, x, diffusion.time()));
  }

  @Override
  public Inputs generatorInputs(ConditioningInputs given, SDVariable xtp1) {
    return oneShot().generatorInputs(given, xtp1);
  }

  @Override
  public List<Step> samplerSteps(Sampler sampler, ObjectiveComponents components) {
    return oneShot().samplerSteps(sampler, components);
  }

  private OneShotObjective oneShot() {
    return new OneShotObjective(latentDistribution, timeConditionalDiscriminator);
  }

  /** Draws a uniform number, because draws are made before the step's length is known. */
  private SDVariable time(ObjectiveComponents components, Batch batch) {
    SDVariable length = batch.sameDiff().math().floor(batch.number("length", length(components)));
    SDVariable uniform = batch.uniform("time").reshape(batch.size());
    SDVariable diffused = uniform.sub(cleanShare).div(1 - cleanShare);
    return timestepDistribution.below(length, batch.sameDiff().nn().relu(diffused, 0));
  }

  private ScheduledValue length(ObjectiveComponents components) {
    int steps = components.process().steps();
    return minTimesteps == steps
        ? Ramp.constant(steps)
        : new AdaptiveValue(
            target,
            Optional.empty(),
            minTimesteps,
            steps,
            adaptationExamples,
            every,
            PenalisedAdversarialLoss.OVERFITTING);
  }

  private static SDVariable real(Batch batch, Diffusion diffusion) {
    return diffusion.of(batch.x0(), batch.normal("cleaner"));
  }

  private SDVariable fake(Batch batch, Diffusion diffusion) {
    SDVariable data = batch.apply(GENERATOR, generatorInputs(batch, batch.normal("start")));
    return diffusion.of(data, batch.normal("diffusion"));
  }
}
