package io.ddgan.api;

import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.Parameterization.Coefficients;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * One batch of training as variables of a graph, to write a {@link Phase}'s loss with. Calling a
 * method twice returns the same variable. Inputs that the loss does not use are neither drawn nor
 * computed. The phases of a step share the real examples and their labels; all other draws are
 * independent.
 */
public interface Batch extends ConditioningInputs {

  /** Real examples x_0, {@code [N, ...shape]}. */
  SDVariable x0();

  /** Real x_t: {@link #x0()} diffused to t, {@code [N, ...shape]}. */
  SDVariable xt();

  /**
   * x_{t+1}: the same real x_t diffused by one step more, {@code [N, ...shape]}. Derivatives treat
   * it as independent of {@link #xt()}, as an input of the discriminator.
   */
  SDVariable xtp1();

  /**
   * Standard normal noise, {@code [N, ...shape]}. Another name is another draw of the phase. The
   * names {@code cleaner}, {@code noisier} and {@code reverse} are the noise of {@link #xt}, {@link
   * #xtp1} and {@link #reverseStep}.
   */
  SDVariable normal(String name);

  /**
   * Standard normal numbers in another shape, {@code [N, ...each]}, such as more latent vectors.
   */
  SDVariable normal(String name, long... each);

  /**
   * Uniform numbers in [0, 1), {@code [N, 1, ..., 1]}; another name is another draw of the phase.
   */
  SDVariable uniform(String name);

  /** A value per example, by its time t in [0, T - 1], {@code [N, 1, ..., 1]}. */
  SDVariable perTimestep(IntToDoubleFunction value);

  /** A number that may change from step to step, a scalar. */
  SDVariable number(Ramp ramp);

  /**
   * A scalar that may change from step to step or that training adapts. One that is adapted is a
   * column of the metrics and part of checkpoints, and the same in all phases of a step.
   *
   * @param name its name and column, in kebab-case; phases that use the same name share the number
   */
  SDVariable number(String name, ScheduledValue amount);

  /**
   * Returns whether a term is due in the steps of this loss. The loss is written for every set of
   * terms that occurs, so a term costs nothing in the other steps.
   */
  boolean isDue(StepInterval interval);

  /**
   * Adds a network of {@link Objective#networks} to the graph; gradients flow through it, and to
   * its parameters if the phase trains it.
   */
  SDVariable apply(String network, Inputs inputs);

  /**
   * Adds a network of {@link Objective#networks}, or {@value Objective#EMA}, through which no
   * gradient flows.
   */
  default SDVariable applyDetached(String network, Inputs inputs) {
    return stopGradient(apply(network, inputs));
  }

  /**
   * Returns the same values without their gradient. Gradients still flow through the given
   * variable.
   */
  SDVariable stopGradient(SDVariable value);

  /**
   * The generated x_t for a generator output {@code [N, ...shape]} on {@link #xtp1()}, by the
   * configured parameterization: {@code output * G + xtp1 * x_{t+1} + noise * epsilon} with fresh
   * noise.
   */
  SDVariable reverseStep(SDVariable output);

  /**
   * Applies the configured {@linkplain Augmentation augmentations} to examples {@code [N,
   * ...shape]}; returns {@code x} itself if there are none. Draws differ between examples but are
   * the same for all arrays of the batch, so x_t and x_{t+1} of a pair are augmented alike.
   */
  SDVariable augment(SDVariable x);

  /**
   * A weighted penalty on the gradient of the discriminator's logits {@code [N]} with respect to
   * the examples {@code at}, {@code [N, ...shape]}, as a scalar. Its gradient with respect to the
   * parameters is exact.
   */
  SDVariable penalty(GradientPenalty penalty, SDVariable at, SDVariable logits);

  /**
   * Reports a value as a column of the metrics and of every listener's rows.
   *
   * @param column its name, in kebab-case and unique
   * @param value a scalar; or {@code [N]}, whose mean is reported, also of the examples of each
   *     time
   */
  void report(String column, SDVariable value);

  /**
   * Provides a signal for adaptive values. It is reported like {@link #report} if one follows it,
   * else not computed.
   */
  void controlSignal(String column, SDVariable value);

  /** {@code signal * x + noise * epsilon}, by the scales at t in [0, T - 1]. */
  default SDVariable diffuse(SDVariable x, SDVariable epsilon, IntFunction<Scales> scales) {
    return x.mul(perTimestep(t -> scales.apply(t).signal()))
        .add(epsilon.mul(perTimestep(t -> scales.apply(t).noise())));
  }

  /** {@code output * G + xtp1 * x_{t+1}}, by the coefficients at t in [0, T - 1], without noise. */
  default SDVariable affine(
      SDVariable output, SDVariable xtp1, IntFunction<Coefficients> coefficients) {
    return output
        .mul(perTimestep(t -> coefficients.apply(t).output()))
        .add(xtp1.mul(perTimestep(t -> coefficients.apply(t).xtp1())));
  }
}
