package io.ddgan.engine;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A step of Adam (Kingma and Ba, 2015, algorithm 1) on weights that lie in one vector, in place.
 * All vectors have the same length, are of the type float, and live as long as the state that they
 * belong to; the gradient may be overwritten.
 *
 * @param mean running mean of the gradient
 * @param square running mean of the squared gradient
 * @param rate the learning rate; with 0 the weights stay as they are
 * @param epsilon added to the root of the corrected mean square
 * @param updates number of steps before this one
 */
public record AdamStep(
    INDArray weights,
    INDArray gradient,
    INDArray mean,
    INDArray square,
    double rate,
    double beta1,
    double beta2,
    double epsilon,
    long updates) {

  /** What the quotient of the mean and the root is multiplied by: both corrections are in it. */
  public double scale() {
    return rate * rootCorrection() / (1 - Math.pow(beta1, updates + 1.0));
  }

  /** What is added to the root of the mean square as it is, without its correction. */
  public double uncorrectedEpsilon() {
    return epsilon * rootCorrection();
  }

  private double rootCorrection() {
    return Math.sqrt(1 - Math.pow(beta2, updates + 1.0));
  }
}
