package io.ddgan.eval.metrics;

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

  /** Features of generated examples. */
  static Vectors generated(Vectors features) {
    return new Finite(features, "generated example", "feature");
  }

  /** Features of real examples. */
  static Vectors real(Vectors features) {
    return new Finite(features, "real example", "feature");
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
        throw new IllegalArgumentException(
            "%s %d has a %s that is not finite: %s"
                .formatted(owner, first + i / size(), element, out[i]));
      }
    }
  }
}
