package io.ddgan.api;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * What is done alike to real and generated examples before the discriminator sees them, so that it
 * cannot learn a small data set by heart. Gradients flow through it to the generator, and gradient
 * penalties are taken before it, so that every operation on the examples needs a forward-mode rule.
 */
public interface Augmentation {

  /**
   * Makes sure that it can work on examples of this shape.
   *
   * @param encoded shape of what the networks see, which is augmented
   * @throws RefusedException if it cannot
   */
  default void check(DataShape data, DataShape encoded) {}

  /**
   * What becomes of examples {@code [N, ...shape]}, in the same shape. With the same draws the same
   * is done to whatever examples: to both of a pair x_t and x_{t+1}, to real and generated ones.
   */
  SDVariable of(SDVariable x, Draws draws);

  /** What an augmentation draws for the examples of a batch. The same name is the same draw. */
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
     * One of its keys, by its name in kebab-case, as a scalar. One that training adapts is the
     * column {@code augmentation-<name>} of the metrics.
     */
    SDVariable number(String name, ScheduledValue amount);

    /**
     * 1 for each example that something is done to with this probability, a scalar, and 0 for the
     * others, {@code [N, 1, ..., 1]}.
     */
    default SDVariable chosen(String name, SDVariable probability) {
      return uniform(name).lt(probability).castTo(probability.dataType());
    }
  }
}
