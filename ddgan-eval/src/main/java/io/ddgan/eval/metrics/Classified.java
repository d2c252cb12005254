package io.ddgan.eval.metrics;

import io.ddgan.api.RefusedException;
import io.ddgan.api.Vectors;
import java.io.IOException;

/**
 * The classes that an extractor takes generated examples for: the most probable ones.
 *
 * @param probabilities of the classes of each example
 */
record Classified(Vectors probabilities) {

  /**
   * Checks that the extractor knows the classes.
   *
   * @param classes number of classes of the data
   */
  static Classified of(Vectors probabilities, int classes) {
    if (probabilities.size() != classes) {
      throw new RefusedException(
          "the features tell %d classes apart, but the data have %d: use features of these data"
              .formatted(probabilities.size(), classes));
    }
    return new Classified(probabilities);
  }

  /** Takes the class of an example. */
  interface Each {

    /** Takes it. */
    void accept(int example, int label);
  }

  /** Gives the class of every example. */
  void forEach(Each each) throws IOException {
    double[] example = new double[probabilities.size()];
    for (int i = 0; i < probabilities.count(); i++) {
      probabilities.read(i, 1, example);
      each.accept(i, GaussianDistance.largest(example));
    }
  }
}
