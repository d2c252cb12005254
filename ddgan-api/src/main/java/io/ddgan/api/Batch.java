package io.ddgan.api;

import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.ReverseStep.Coefficients;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * One batch of training as variables of a graph, to write a {@link Phase}'s loss with. Whatever is
 * asked for twice is the same; what the loss does not depend on is neither drawn nor computed. All
 * draws of a phase are independent of those of other phases, but for the real examples, their
 * labels and nothing else, which the phases of a step share.
 */
public interface Batch extends Conditions {

  /** Real examples x_0, {@code [N, ...shape]}. */
  SDVariable data();

  /** Real x_t: {@link #data()} diffused to t, {@code [N, ...shape]}. */
  SDVariable cleaner();

  /**
   * x_{t+1}: the same real x_t diffused by one step more, {@code [N, ...shape]}. For derivatives it
   * does not depend on {@link #cleaner()}: a discriminator's gradient by x_t is that of its input.
   */
  SDVariable noisier();

  /**
   * Standard normal noise, {@code [N, ...shape]}. That of the names {@code cleaner}, {@code
   * noisier} and {@code reverse} is what is in {@link #cleaner}, {@link #noisier} and {@link
   * #reverse}.
   *
   * @param name its name in the phase; another name is another draw
   */
  SDVariable normal(String name);

  /**
   * Standard normal numbers in another shape, {@code [N, ...each]}, such as latent vectors besides
   * {@link #latent()}.
   *
   * @param name its name in the phase; another name is another draw
   * @param each shape of those of one example
   */
  SDVariable normal(String name, long... each);

  /**
   * A number of each example, uniform in [0, 1), {@code [N, 1, ..., 1]} to be multiplied with
   * examples.
   *
   * @param name its name in the phase; another name is another draw
   */
  SDVariable uniform(String name);

  /**
   * A number of each example that depends on its time, {@code [N, 1, ..., 1]} to be multiplied with
   * examples.
   *
   * @param value the number at t, for t in [0, T - 1]
   */
  SDVariable byTime(IntToDoubleFunction value);

  /** A number that may change from step to step, a scalar. */
  SDVariable number(Ramp ramp);

  /**
   * A number that may change from step to step or that training adapts, a scalar. One that is
   * adapted is the same in all phases of a step, changes between steps, and is a column of the
   * metrics. It is part of checkpoints.
   *
   * @param name name of the number, and its column if it is adapted, in kebab-case; wherever phases
   *     name it, it is one number, and has to be the same kind
   */
  SDVariable number(String name, Amount amount);

  /**
   * Whether a term is part of the steps that the loss is being written for. It is written once for
   * every set of terms that occurs, so that a term costs nothing in the other steps.
   */
  boolean isDue(Cadence cadence);

  /**
   * Adds a network to the graph; gradients flow through it, and to its parameters if the phase
   * trains it.
   *
   * @param network its name in {@link Objective#networks}
   */
  SDVariable apply(String network, Inputs inputs);

  /**
   * Adds a network to the graph through which no gradient flows.
   *
   * @param network its name in {@link Objective#networks}, or {@value Objective#AVERAGE}
   */
  default SDVariable fixed(String network, Inputs inputs) {
    return constant(apply(network, inputs));
  }

  /**
   * The same values as a variable of its own, through which no gradient flows; one flows through
   * the given variable as before.
   */
  SDVariable constant(SDVariable value);

  /**
   * The generated x_t that a generator's output means, by the configured reverse step: {@code
   * output * G + noisier * x_{t+1} + noise * epsilon} with fresh noise.
   *
   * @param output what the generator has made of {@link #noisier()}, {@code [N, ...shape]}
   */
  SDVariable reverse(SDVariable output);

  /**
   * What the configured {@linkplain Augmentation augmentations} make of examples before the
   * discriminator sees them. Each example has draws of its own, which all arrays of the batch
   * share: whatever a discriminator sees of a pair has to be augmented alike.
   *
   * @param x examples, {@code [N, ...shape]}
   * @return as many of the same shape; {@code x} itself where nothing is configured
   */
  SDVariable augmented(SDVariable x);

  /**
   * A penalty on the gradient of a discriminator's logits, with its weight; its own gradient with
   * respect to parameters is exact.
   *
   * @param at the examples by which the logits are differentiated, {@code [N, ...shape]}
   * @param logits the logits of these examples, {@code [N]}
   * @return a scalar
   */
  SDVariable penalty(GradientPenalty penalty, SDVariable at, SDVariable logits);

  /**
   * Reports a value: a column of the metrics, and of every listener's rows.
   *
   * @param column its name, in kebab-case, of no other column
   * @param value a scalar; or one number an example, {@code [N]}, of which the mean is reported,
   *     and the means of the examples of each time
   */
  void report(String column, SDVariable value);

  /**
   * Gives what adaptive numbers may follow: reported as by {@link #report} where there is one that
   * does, else not computed.
   *
   * @param column its name, in kebab-case, of no other column
   * @param value a scalar; or one number an example, {@code [N]}, of which the mean is followed
   */
  void signal(String column, SDVariable value);

  /**
   * {@code signal * x + noise * epsilon}.
   *
   * @param scales the scales at t, for t in [0, T - 1]
   */
  default SDVariable diffuse(SDVariable x, SDVariable epsilon, IntFunction<Scales> scales) {
    return x.mul(byTime(t -> scales.apply(t).signal()))
        .add(epsilon.mul(byTime(t -> scales.apply(t).noise())));
  }

  /**
   * {@code output * G + noisier * x_{t+1}}, without fresh noise.
   *
   * @param coefficients the coefficients at t, for t in [0, T - 1]
   */
  default SDVariable affine(
      SDVariable output, SDVariable noisier, IntFunction<Coefficients> coefficients) {
    return output
        .mul(byTime(t -> coefficients.apply(t).output()))
        .add(noisier.mul(byTime(t -> coefficients.apply(t).noisier())));
  }
}
