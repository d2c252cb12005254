package io.ddgan.eval.metrics;

import io.ddgan.api.RefusedException;
import io.ddgan.api.Vectors;
import java.io.IOException;

/**
 * Vectors of which every number is checked when it is read.
 *
 * @param vectors what is read
 * @param owner whose vectors they are, such as {@code generated example}
 * @param element what their numbers are, such as {@code feature}
 */
record Finite(Vectors vectors, String owner, String element) implements Vectors {

  private static final String REAL = "a real example";

  /** Features of generated examples. */
  static Vectors generated(Vectors features) {
    return new Finite(features, "generated example", "feature");
  }

  /**
   * Features of real examples, whose order is drawn, so that their numbers tell nobody anything.
   */
  static Vectors real(Vectors features) {
    return new Finite(features, REAL, "feature");
  }

  @Override
  public int count() {
    return vectors.count();
  }

  @Override
  public int size() {
    return vectors.size();
  }

  @Override
  public void read(int first, int count, double[] out) throws IOException {
    vectors.read(first, count, out);
    for (int i = 0; i < count * size(); i++) {
      if (!Double.isFinite(out[i])) {
        String which = owner.equals(REAL) ? owner : owner + " " + (first + i / size());
        throw new RefusedException(
            "%s has a %s that is not finite: %s".formatted(which, element, out[i]));
      }
    }
  }
}
