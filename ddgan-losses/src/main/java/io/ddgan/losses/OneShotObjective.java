package io.ddgan.losses;

import io.ddgan.api.Batch;
import io.ddgan.api.ConditioningInputs;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.Parameterization.Coefficients;
import io.ddgan.api.PenalisedAdversarialLoss;
import io.ddgan.api.Phase;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Sampler;
import io.ddgan.api.Sampler.Step;
import io.ddgan.config.Key;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A one-shot generator with diffusion as augmentation (Xiao et al., 2022, section 5.2). The
 * generator maps pure noise to x_0 in one step. Real and generated x_0 are diffused to x_t before
 * the discriminator, which does not see x_{t+1}. With a single denoising step nothing is diffused:
 * a plain GAN.
 */
public record OneShotObjective(
    @Key("distribution of the latent vectors: normal, or none") Latent latentDistribution,
    @Key("whether to condition the discriminator on the time") boolean timeConditionalDiscriminator)
    implements Objective {

  @Override
  public Map<String, Network> networks(ObjectiveComponents components) {
    return Map.of(
        GENERATOR, components.generator(), DISCRIMINATOR, components.requireDiscriminator());
  }

  @Override
  public List<Phase> phases(ObjectiveComponents components) {
    PenalisedAdversarialLoss terms =
        new PenalisedAdversarialLoss(components, (batch, x) -> logits(batch, x, batch.time()));
    return List.of(
        Phase.of(
            DISCRIMINATOR,
            batch -> terms.discriminatorLoss(batch, batch.xt(), fake(components, batch))),
        Phase.of(
            GENERATOR, batch -> terms.generatorLoss(batch, batch.xt(), fake(components, batch))));
  }

  /** The time is hidden: the input is always pure noise. */
  @Override
  public Inputs generatorInputs(ConditioningInputs given, SDVariable xtp1) {
    Inputs inputs = Objective.super.generatorInputs(given, xtp1);
    return latentDistribution.of(given, inputs.with(Inputs.TIME, given.zeros(Inputs.TIME)));
  }

  /** One evaluation, from pure noise to the example. */
  @Override
  public List<Step> samplerSteps(Sampler sampler, ObjectiveComponents components) {
    List<Integer> times =
        sampler.steps(components.process(), components.parameterization()).stream()
            .map(Step::t)
            .toList();
    int steps = components.process().steps();
    if (!times.equals(IntStream.range(0, steps).map(i -> steps - 1 - i).boxed().toList())) {
      throw new RefusedException(
          "a one-shot generator needs the ancestral sampler; set sampler.type = ancestral");
    }
    return List.of(new Step(components.process().steps() - 1, new Coefficients(1, 0, 0)));
  }

  private SDVariable fake(ObjectiveComponents components, Batch batch) {
    SDVariable data = batch.apply(GENERATOR, generatorInputs(batch, batch.normal("start")));
    return batch.diffuse(data, batch.normal("diffusion"), t -> components.process().marginal(t));
  }

  /**
   * Returns the logits of diffused examples.
   *
   * @param time time that they were diffused to, {@code [N]}
   */
  SDVariable logits(Batch batch, SDVariable xt, SDVariable time) {
    Inputs inputs =
        batch
            .inputs()
            .with(Inputs.XT, batch.augment(xt))
            .with(Inputs.XTP1, batch.zeros(Inputs.XTP1));
    return batch.apply(
        DISCRIMINATOR,
        inputs.with(Inputs.TIME, timeConditionalDiscriminator ? time : batch.zeros(Inputs.TIME)));
  }
}
