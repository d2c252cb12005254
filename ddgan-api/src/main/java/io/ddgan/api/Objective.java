package io.ddgan.api;

import io.ddgan.api.Sampler.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What is trained, and for what: the networks, and the phases of one step of training. An objective
 * only describes; what it describes is compiled once and run in every step.
 */
public interface Objective {

  /** Name of the network that makes examples. Every objective has one of this name. */
  String GENERATOR = "generator";

  /** Name of the configured discriminator, for objectives that have one. */
  String DISCRIMINATOR = "discriminator";

  /**
   * Name of the generator with the moving average of its weights, which samples are drawn with. It
   * is not trained; {@link Batch#applyFrozen} takes it.
   */
  String EMA = "ema";

  /**
   * The networks by name, of which one is {@value #GENERATOR}: the configured ones, and the
   * objective's own.
   *
   * @throws RefusedException if a part is missing or does not suit the objective
   */
  Map<String, Network> networks(ExperimentComponents components);

  /**
   * The phases of a step, in order. Each sees the weights that the phases before it have left.
   *
   * @throws RefusedException if a part is missing or does not suit the objective
   */
  List<Phase> phases(ExperimentComponents components);

  /**
   * What the generator is given, in training as the objective uses it and in sampling, to denoise
   * {@code noisier}, {@code [N, ...shape]}.
   */
  default Inputs generatorInputs(Conditions given, SDVariable xtp1) {
    return given.inputs().with(Inputs.XTP1, xtp1).with(Inputs.LATENT, given.latent());
  }

  /**
   * What the configured discriminator is given to judge a step from x_{t+1} to x_t, {@code [N,
   * ...shape]} each, after training. Empty if there is none whose output is one logit for that.
   */
  default Optional<Inputs> discriminatorInputs(Conditions given, SDVariable xt, SDVariable xtp1) {
    return Optional.empty();
  }

  /**
   * The way from noise to examples, by default the configured sampler's.
   *
   * @throws RefusedException if the sampler does not suit
   */
  default List<Step> samplerSteps(Sampler sampler, ExperimentComponents components) {
    return sampler.steps(components.process(), components.parameterization());
  }
}
