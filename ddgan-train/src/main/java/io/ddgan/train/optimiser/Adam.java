package io.ddgan.train.optimiser;

import io.ddgan.graph.ParameterLayout;
import io.ddgan.graph.ParameterSet;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/** Adam (Kingma and Ba, 2015) on all parameters of a network at once. */
public final class Adam implements AutoCloseable {

  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final ParameterSet mean;
  private final ParameterSet square;
  private long updates;

  /**
   * An optimiser that has not seen a gradient yet.
   *
   * @param layout the network's parameters
   * @param beta1 decay of the running mean of the gradient, in [0, 1)
   * @param beta2 decay of the running mean of its square, in [0, 1)
   * @param epsilon added to the root of the corrected mean square
   */
  public Adam(ParameterLayout layout, double beta1, double beta2, double epsilon) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.mean = ParameterSet.zeros(layout, DataType.FLOAT);
    this.square = ParameterSet.zeros(layout, DataType.FLOAT);
  }

  /** Running mean of the gradient. */
  public ParameterSet mean() {
    return mean;
  }

  /** Running mean of the squared gradient. */
  public ParameterSet square() {
    return square;
  }

  /** Number of updates behind the running means, which begin at 0 and are corrected for it. */
  public long updates() {
    return updates;
  }

  /**
   * Says how many updates the running means have seen elsewhere.
   *
   * @param updates the number, at least 0
   */
  public void resume(long updates) {
    this.updates = updates;
  }

  /**
   * Updates the weights.
   *
   * @param weights the weights to be changed
   * @param gradient their gradient, which is overwritten
   * @param rate the learning rate
   */
  public void update(ParameterSet weights, ParameterSet gradient, double rate) {
    // The native operation adds its epsilon to the root of the uncorrected mean square.
    double corrected = epsilon * Math.sqrt(1 - Math.pow(beta2, updates + 1.0));
    Nd4j.exec(
        new AdamUpdater(
            gradient.flat(),
            square.flat(),
            mean.flat(),
            rate,
            beta1,
            beta2,
            corrected,
            Math.toIntExact(updates)));
    weights.flat().subi(gradient.flat());
    updates++;
  }

  @Override
  public void close() {
    mean.close();
    square.close();
  }
}
