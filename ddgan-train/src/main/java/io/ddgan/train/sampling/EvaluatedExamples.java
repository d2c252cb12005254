package io.ddgan.train.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.Labels;
import io.ddgan.api.MetricInput.Producer;
import java.io.IOException;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** The examples to evaluate. Example k depends on k alone. */
public interface EvaluatedExamples {

  /** Returns the shape of one example. */
  DataShape shape();

  /** Returns the number of examples that exist or can be generated. */
  int size();

  /** Returns the number of examples that are generated together. */
  int batch();

  /**
   * Reads or generates consecutive examples.
   *
   * @param out receives {@code [count, ...shape]}
   * @param progress is notified of the completed fraction if this takes long
   */
  void read(int first, int count, float[] out, DoubleConsumer progress) throws IOException;

  /** Returns the requested classes, if any. */
  default Optional<Labels> requestedClasses() {
    return Optional.empty();
  }

  /** Returns the generator of the examples, if there is one. */
  default Optional<Producer> producer() {
    return Optional.empty();
  }
}
