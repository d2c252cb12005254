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
public interface Batch extends Conditions {

  /** Real examples x_0, {@code [N, ...shape]}. */
  SDVariable data();

  /** Real x_t: {@link #data()} diffused to t, {@code [N, ...shape]}. */
  SDVariable xt();

  /**
   * x_{t+1}: the same real x_t diffused by one step more, {@code [N, ...shape]}. For derivatives it
   * does not depend on {@link #xt()}: a discriminator's gradient by x_t is that of its input.
   */
  SDVariable xtp1();

  /**
   * Standard normal noise, {@code [N, ...shape]}; another name is another draw of the phase. Those
   * of the names {@code cleaner}, {@code noisier} and {@code reverse} are in {@link #xt}, {@link
   * #xtp1} and {@link #reverse}.
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

  /** A number of each example by its time t in [0, T - 1], {@code [N, 1, ..., 1]}. */
  SDVariable byTime(IntToDoubleFunction value);

  /** A number that may change from step to step, a scalar. */
  SDVariable number(Ramp ramp);

  /**
   * A scalar that may change from step to step or that training adapts. One that is adapted is a
   * column of the metrics and part of checkpoints, and the same in all phases of a step.
   *
   * @param name its name and column, in kebab-case: one number wherever phases name it
   */
  SDVariable number(String name, ScheduledValue amount);

  /**
   * Returns whether a term is due in the steps of this loss. The loss is written for every set of
   * terms that occurs, so a term costs nothing in the other steps.
   */
  boolean isDue(Interval interval);

  /**
   * Adds a network of {@link Objective#networks} to the graph; gradients flow through it, and to
   * its parameters if the phase trains it.
   */
  SDVariable apply(String network, Inputs inputs);

  /**
   * Adds a network of {@link Objective#networks}, or {@value Objective#EMA}, through which no
   * gradient flows.
   */
  default SDVariable applyFrozen(String network, Inputs inputs) {
    return stopGradient(apply(network, inputs));
  }

  /**
   * The same values as a variable through which no gradient flows; one flows through the given
   * variable as before.
   */
  SDVariable stopGradient(SDVariable value);

  /**
   * The generated x_t that a generator's output of {@link #xtp1()}, {@code [N, ...shape]}, means by
   * the configured reverse step: {@code output * G + xtp1 * x_{t+1} + noise * epsilon} with fresh
   * noise.
   */
  SDVariable reverse(SDVariable output);

  /**
   * What the configured {@linkplain Augmentation augmentations} make of examples {@code [N,
   * ...shape]} before the discriminator sees them; {@code x} itself where there are none. Each
   * example has draws of its own, which all arrays of the batch share, so that both of a pair are
   * augmented alike.
   */
  SDVariable augmented(SDVariable x);

  /**
   * A penalty on the gradient of a discriminator's logits {@code [N]} by the examples {@code at},
   * {@code [N, ...shape]}, with its weight, as a scalar; its own gradient by parameters is exact.
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
   * Gives what adaptive numbers may follow: reported like {@link #report} where one does, else not
   * computed.
   */
  void controlSignal(String column, SDVariable value);

  /** {@code signal * x + noise * epsilon}, by the scales at t in [0, T - 1]. */
  default SDVariable diffuse(SDVariable x, SDVariable epsilon, IntFunction<Scales> scales) {
    return x.mul(byTime(t -> scales.apply(t).signal()))
        .add(epsilon.mul(byTime(t -> scales.apply(t).noise())));
  }

  /** {@code output * G + xtp1 * x_{t+1}}, by the coefficients at t in [0, T - 1], without noise. */
  default SDVariable affine(
      SDVariable output, SDVariable xtp1, IntFunction<Coefficients> coefficients) {
    return output
        .mul(byTime(t -> coefficients.apply(t).output()))
        .add(xtp1.mul(byTime(t -> coefficients.apply(t).xtp1())));
  }
}
