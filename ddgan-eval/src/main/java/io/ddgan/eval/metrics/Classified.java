package io.ddgan.eval.metrics;

import io.ddgan.api.RefusedException;
import io.ddgan.api.Vectors;
import java.io.IOException;

/** The classes that an extractor takes generated examples for: the most probable ones. */
final class Classified {

  private Classified() {}

  /**
   * Gives the class of every example.
   *
   * @param probabilities of the classes of each example
   * @param classes number of classes of the data, as many as the extractor must know
   */
  static int[] of(Vectors probabilities, int classes) throws IOException {
    if (probabilities.size() != classes) {
      throw new RefusedException(
          "the features tell %d classes apart, but the data have %d: use features of these data"
              .formatted(probabilities.size(), classes));
    }
    int[] labels = new int[probabilities.count()];
    double[] example = new double[classes];
    for (int i = 0; i < labels.length; i++) {
      probabilities.read(i, 1, example);
      labels[i] = GaussianDistance.largest(example);
    }
    return labels;
  }
}
