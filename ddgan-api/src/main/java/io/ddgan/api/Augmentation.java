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
   * Makes sure that it can work on some examples.
   *
   * @param data shape of an example of the data
   * @param encoded shape of an example as the networks see it, which is augmented; another one if
   *     the networks do not see the data as they are
   * @throws RefusedException if it cannot; the message says what to do
   */
  default void check(DataShape data, DataShape encoded) {}

  /**
   * What becomes of examples. With the same draws the same is done to whatever examples: to both of
   * a pair x_t and x_{t+1}, to real and generated ones.
   *
   * @param x the examples, {@code [N, ...shape]}
   * @return as many of the same shape
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

    /**
     * A number of each example, uniform in [0, 1), {@code [N, 1, ..., 1]} to be multiplied with
     * examples.
     *
     * @param name its name in the augmentation; another name is another draw
     */
    SDVariable uniform(String name);

    /**
     * Standard normal noise, {@code [N, ...shape]}.
     *
     * @param name its name in the augmentation; another name is another draw
     */
    SDVariable normal(String name);

    /**
     * One of its keys as a scalar. One that training adapts is the column {@code
     * augmentation-<name>} of the metrics.
     *
     * @param name the name of the key, in kebab-case
     */
    SDVariable number(String name, Amount amount);

    /**
     * Which examples something is done to: 1 for each that it is done to and 0 for the others,
     * {@code [N, 1, ..., 1]}.
     *
     * @param name name of the draw
     * @param probability that it is done to an example, a scalar
     */
    default SDVariable chosen(String name, SDVariable probability) {
      return uniform(name).lt(probability).castTo(probability.dataType());
    }
  }
}
