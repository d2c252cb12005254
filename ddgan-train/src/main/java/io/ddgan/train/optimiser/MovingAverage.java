package io.ddgan.train.optimiser;

import io.ddgan.graph.ParameterSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The exponential moving average of weights that samples are drawn with.
 *
 * @param decay weight of the past, in [0, 1)
 * @param warmUp whether the decay grows from 0.1 to its value while there is little past
 */
public record MovingAverage(double decay, boolean warmUp) {

  /**
   * Moves the average towards the weights.
   *
   * @param average the average, changed in place
   * @param weights the latest weights
   * @param step number of updates before this one
   */
  public void update(ParameterSet average, ParameterSet weights, long step) {
    double past = warmUp ? Math.min(decay, (1.0 + step) / (10.0 + step)) : decay;
    average.flat().muli(past);
    Nd4j.getBlasWrapper()
        .level1()
        .axpy(weights.flat().length(), 1 - past, weights.flat(), average.flat());
  }
}
