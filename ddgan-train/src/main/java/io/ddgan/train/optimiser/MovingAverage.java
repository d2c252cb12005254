package io.ddgan.train.optimiser;

import io.ddgan.graph.ParameterSet;
import org.nd4j.linalg.factory.Nd4j;

/** The exponential moving average of weights that samples are drawn with. */
public final class MovingAverage {

  private MovingAverage() {}

  /**
   * The decay of an average that is young: it grows from 0.1, so that the first weights are soon
   * forgotten.
   *
   * @param decay the decay of an old average, in [0, 1)
   * @param updates number of updates before
   */
  public static double warmedUp(double decay, long updates) {
    return Math.min(decay, (1.0 + updates) / (10.0 + updates));
  }

  /**
   * The decay with which what is averaged counts half after some examples.
   *
   * @param halfLife the number of examples, more than 0
   * @param examples examples from one update to the next
   */
  public static double ofHalfLife(double halfLife, long examples) {
    return Math.pow(0.5, examples / halfLife);
  }

  /**
   * Moves an average towards weights.
   *
   * @param average the average, changed in place
   * @param weights the latest weights
   * @param decay weight of the past, in [0, 1)
   */
  public static void update(ParameterSet average, ParameterSet weights, double decay) {
    average.flat().muli(decay);
    Nd4j.getBlasWrapper()
        .level1()
        .axpy(weights.flat().length(), 1 - decay, weights.flat(), average.flat());
  }
}
