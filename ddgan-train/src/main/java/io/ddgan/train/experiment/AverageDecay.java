package io.ddgan.train.experiment;

/** The decay of the exponential moving average of weights, which samples are drawn with. */
final class AverageDecay {

  private AverageDecay() {}

  /**
   * The decay of an average that is young: it grows from 0.1, so that the first weights are soon
   * forgotten.
   *
   * @param decay the decay of an old average, in [0, 1)
   * @param updates number of updates before
   */
  static double warmedUp(double decay, long updates) {
    return Math.min(decay, (1.0 + updates) / (10.0 + updates));
  }

  /**
   * The decay with which what is averaged counts half after some examples.
   *
   * @param halfLife the number of examples, more than 0
   * @param examples examples from one update to the next
   */
  static double ofHalfLife(double halfLife, long examples) {
    return Math.pow(0.5, examples / halfLife);
  }
}
