package io.ddgan.api;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Transforms real and generated examples alike before the discriminator sees them, which keeps it
 * from memorising a small data set. Gradients flow through it to the generator. Gradient penalties
 * are taken with respect to its input, so every operation on the examples needs a forward-mode
 * rule.
 */
public interface Augmentation {

  /**
   * Checks that the augmentation supports examples of this shape.
   *
   * @param encoded shape of the networks' examples, which are augmented
   * @throws RefusedException if it does not
   */
  default void check(DataShape data, DataShape encoded) {}

  /**
   * Returns augmented examples {@code [N, ...shape]}. The same draws give the same transformation
   * for any examples: x_t and x_{t+1} of a pair, real and generated ones.
   */
  SDVariable apply(SDVariable x, Draws draws);

  /** The random draws of an augmentation for one batch. The same name returns the same draw. */
  interface Draws {

    /** The graph. */
    SameDiff sameDiff();

    /** Number of examples N. */
    int size();

    /** Shape of one example. */
    DataShape shape();

    /** Uniform numbers in [0, 1), {@code [N, 1, ..., 1]}. */
    SDVariable uniform(String name);

    /** Standard normal noise, {@code [N, ...shape]}. */
    SDVariable normal(String name);

    /**
     * Returns the value of a key, named in kebab-case, as a scalar. An adapted value is the column
     * {@code augmentation-<name>} of the metrics.
     */
    SDVariable number(String name, ScheduledValue amount);

    /** Draws a mask {@code [N, 1, ..., 1]}: 1 with a probability, a scalar, else 0. */
    default SDVariable bernoulli(String name, SDVariable probability) {
      return uniform(name).lt(probability).castTo(probability.dataType());
    }
  }
}
