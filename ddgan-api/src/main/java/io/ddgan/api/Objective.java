package io.ddgan.api;

import io.ddgan.api.Sampler.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A training objective: the networks, and the phases of one training step. It only describes them;
 * they are compiled once and run in every step.
 */
public interface Objective {

  /** Name of the generator. Every objective has a network of this name. */
  String GENERATOR = "generator";

  /** Name of the configured discriminator, for objectives that have one. */
  String DISCRIMINATOR = "discriminator";

  /**
   * Name of the generator with the exponential moving average of its weights, used for sampling. It
   * is not trained; use it with {@link Batch#applyDetached}.
   */
  String EMA = "ema";

  /**
   * The networks by name, including {@value #GENERATOR}: the configured ones and the objective's
   * own.
   *
   * @throws RefusedException if a part is missing or does not suit the objective
   */
  Map<String, Network> networks(ObjectiveComponents components);

  /**
   * The phases of a step, in order. Each uses the weights updated by the phases before it.
   *
   * @throws RefusedException if a part is missing or does not suit the objective
   */
  List<Phase> phases(ObjectiveComponents components);

  /**
   * The generator's inputs, in training and in sampling, to denoise x_{t+1}, {@code [N, ...shape]}.
   */
  default Inputs generatorInputs(ConditioningInputs given, SDVariable xtp1) {
    return given.inputs().with(Inputs.XTP1, xtp1).with(Inputs.LATENT, given.latent());
  }

  /**
   * The discriminator's inputs for a step from x_{t+1} to x_t, {@code [N, ...shape]} each, after
   * training. Empty if there is no discriminator with one logit for such a step.
   */
  default Optional<Inputs> discriminatorInputs(
      ConditioningInputs given, SDVariable xt, SDVariable xtp1) {
    return Optional.empty();
  }

  /**
   * The sampler steps, by default those of the configured sampler.
   *
   * @throws RefusedException if the sampler is not supported
   */
  default List<Step> samplerSteps(Sampler sampler, ObjectiveComponents components) {
    return sampler.steps(components.process(), components.parameterization());
  }
}
