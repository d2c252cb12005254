package io.ddgan.train.evaluation;

import io.ddgan.api.DataShape;
import io.ddgan.api.Evidence.Producer;
import java.io.IOException;
import java.util.Optional;

/** Examples under evaluation. Example k is a function of k alone. */
public interface Generated {

  /** Shape of one example. */
  DataShape shape();

  /** How many there are, or can be made. */
  int size();

  /** The number of examples that is made at a time. */
  int batch();

  /**
   * Reads or makes consecutive examples.
   *
   * @param out receives {@code [count, ...shape]}
   */
  void read(int first, int count, float[] out) throws IOException;

  /** The generator at work, where there is one. */
  Optional<Producer> producer();

  /**
   * Identifies the examples.
   *
   * @return a SHA-256 in hexadecimal digits
   */
  String fingerprint() throws IOException;
}
