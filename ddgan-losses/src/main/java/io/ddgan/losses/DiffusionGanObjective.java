package io.ddgan.losses;

import io.ddgan.api.AdaptiveValue;
import io.ddgan.api.AdversarialTerms;
import io.ddgan.api.Batch;
import io.ddgan.api.Conditions;
import io.ddgan.api.ExperimentComponents;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
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
 * Diffusion-GAN (Wang et al., 2023): a one-shot generator whose real and generated examples are
 * diffused before the discriminator sees them, the further the more it overfits. The time of each
 * example is drawn from 0 to the length - 1, where the length moves between the shortest and the
 * number of denoising steps, so that the sign of the logits of real examples comes to the target.
 */
public record DiffusionGanObjective(
    @Key("whether the generator's latent vectors are normal, or none") Latent latent,
    @Key("whether the discriminator sees the time") boolean timeConditionalDiscriminator,
    @Key(value = "number of times that are drawn at least, and in the first step", min = 1)
        int minTimesteps,
    @Key(value = "mean sign of real logits, above which more times are drawn", min = -1, max = 1)
        double target,
    @Key(value = "examples within which the length goes from one end to the other", min = 1)
        long adaptationExamples,
    @Key(value = "steps from one move of the length to the next", min = 1) int every,
    @Key("whether later times are drawn more often, or all as often")
        TimestepDistribution timestepDistribution,
    @Key(value = "share of examples that have the time 0 besides", min = 0, max = 0.99)
        double cleanShare,
    @Key(value = "standard deviation of the noise that they are diffused with", min = 0, max = 10)
        double noiseStd)
    implements Objective {

  @Override
  public Map<String, Network> networks(ExperimentComponents components) {
    int steps = components.process().steps();
    if (minTimesteps > steps) {
      throw new RefusedException(
          "min-timesteps = %d is more than the %d denoising steps of the schedule; set schedule.steps to more, such as 1000"
              .formatted(minTimesteps, steps));
    }
    return oneShot().networks(components);
  }

  @Override
  public List<Phase> phases(ExperimentComponents components) {
    return List.of(
        Phase.of(
            DISCRIMINATOR,
            batch -> {
              Diffusion diffusion = diffusion(components, batch);
              return terms(components, diffusion)
                  .discriminator(batch, real(batch, diffusion), fake(batch, diffusion));
            }),
        Phase.of(
            GENERATOR,
            batch -> {
              Diffusion diffusion = diffusion(components, batch);
              return terms(components, diffusion)
                  .generator(batch, real(batch, diffusion), fake(batch, diffusion));
            }));
  }

  /**
   * How a batch's examples are diffused.
   *
   * @param time the time of each, {@code [N]}
   * @param signal what they are multiplied by, {@code [N, 1, ..., 1]}
   * @param noise standard deviation of what is added, {@code [N, 1, ..., 1]}
   */
  private record Diffusion(SDVariable time, SDVariable signal, SDVariable noise) {

    SDVariable of(SDVariable x, SDVariable epsilon) {
      return x.mul(signal).add(epsilon.mul(noise));
    }
  }

  private Diffusion diffusion(ExperimentComponents components, Batch batch) {
    int steps = components.process().steps();
    SDVariable time = time(components, batch);
    return new Diffusion(
        time,
        TimestepDistribution.lookUp(
            batch, time, steps, t -> components.process().marginal(t).signal()),
        TimestepDistribution.lookUp(
            batch, time, steps, t -> noiseStd * components.process().marginal(t).noise()));
  }

  private AdversarialTerms terms(ExperimentComponents components, Diffusion diffusion) {
    return new AdversarialTerms(
        components, (batch, x) -> oneShot().logits(batch, x, diffusion.time()));
  }

  @Override
  public Inputs generatorInputs(Conditions given, SDVariable xtp1) {
    return oneShot().generatorInputs(given, xtp1);
  }

  @Override
  public List<Step> samplerSteps(Sampler sampler, ExperimentComponents components) {
    return oneShot().samplerSteps(sampler, components);
  }

  private OneShotObjective oneShot() {
    return new OneShotObjective(latent, timeConditionalDiscriminator);
  }

  /** As draws are made ahead of the steps that the length is of, a uniform number is drawn. */
  private SDVariable time(ExperimentComponents components, Batch batch) {
    SDVariable length = batch.sameDiff().math().floor(batch.number("length", length(components)));
    SDVariable uniform = batch.uniform("time").reshape(batch.size());
    SDVariable diffused = uniform.sub(cleanShare).div(1 - cleanShare);
    return timestepDistribution.below(length, batch.sameDiff().nn().relu(diffused, 0));
  }

  private ScheduledValue length(ExperimentComponents components) {
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
            AdversarialTerms.OVERFITTING);
  }

  private static SDVariable real(Batch batch, Diffusion diffusion) {
    return diffusion.of(batch.data(), batch.normal("cleaner"));
  }

  private SDVariable fake(Batch batch, Diffusion diffusion) {
    SDVariable data = batch.apply(GENERATOR, generatorInputs(batch, batch.normal("start")));
    return diffusion.of(data, batch.normal("diffusion"));
  }
}
