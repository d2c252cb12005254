package io.ddgan.engine;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A step of Adam (Kingma and Ba, 2015, algorithm 1), in place, on all weights of a network as one
 * vector. All vectors have the same length and type float, and are valid as long as the training
 * state. The gradient may be overwritten.
 *
 * @param mean running mean of the gradient
 * @param square running mean of the squared gradient
 * @param rate the learning rate; 0 leaves the weights unchanged
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

  /** Returns the factor of mean / (root + uncorrected epsilon), with both bias corrections. */
  public double scale() {
    return rate * rootCorrection() / (1 - Math.pow(beta1, updates + 1.0));
  }

  /** Returns the epsilon to add to the root of the mean square without bias correction. */
  public double uncorrectedEpsilon() {
    return epsilon * rootCorrection();
  }

  private double rootCorrection() {
    return Math.sqrt(1 - Math.pow(beta2, updates + 1.0));
  }
}
