package io.ddgan.train.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.Labels;
import io.ddgan.api.MetricInput.Producer;
import java.io.IOException;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** Examples under evaluation. Example k is a function of k alone. */
public interface EvaluatedExamples {

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
   * @param progress is told what share is done, where that takes long
   */
  void read(int first, int count, float[] out, DoubleConsumer progress) throws IOException;

  /** The classes that they were asked for, if they were. */
  default Optional<Labels> requestedClasses() {
    return Optional.empty();
  }

  /** The generator at work, where there is one. */
  default Optional<Producer> producer() {
    return Optional.empty();
  }
}
