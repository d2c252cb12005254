package io.ddgan.api;

import io.ddgan.api.Sampler.Evaluation;
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
   * is not trained; {@link Batch#fixed} takes it.
   */
  String AVERAGE = "average";

  /**
   * The networks by name, of which one is {@value #GENERATOR}: the configured ones, and others of
   * the objective's own.
   *
   * @throws RefusedException if a part is missing or does not suit the objective; the message says
   *     what to do
   */
  Map<String, Network> networks(Parts parts);

  /**
   * The phases of a step, in order. Each phase sees the weights that the phases before it have
   * left.
   *
   * @throws RefusedException if a part is missing or does not suit the objective; the message says
   *     what to do
   */
  List<Phase> phases(Parts parts);

  /**
   * What the generator is given, in training as the objective uses it and in sampling.
   *
   * @param given what the examples are conditioned on
   * @param noisier what it is to denoise, {@code [N, ...shape]}
   */
  default Inputs generatorInputs(Conditions given, SDVariable noisier) {
    return given.inputs().with(Inputs.NOISIER, noisier).with(Inputs.LATENT, given.latent());
  }

  /**
   * What the configured discriminator is given, to ask it after training. Empty if there is none
   * whose output is one logit for a step from x_{t+1} to x_t.
   *
   * @param given what the examples are conditioned on
   * @param cleaner x_t, {@code [N, ...shape]}
   * @param noisier x_{t+1}, {@code [N, ...shape]}
   */
  default Optional<Inputs> discriminatorInputs(
      Conditions given, SDVariable cleaner, SDVariable noisier) {
    return Optional.empty();
  }

  /**
   * The way from noise to examples.
   *
   * @param sampler the configured sampler
   * @throws RefusedException if the sampler does not suit; the message says why
   */
  default List<Evaluation> path(Sampler sampler, Parts parts) {
    return sampler.path(parts.process(), parts.reverse());
  }
}
