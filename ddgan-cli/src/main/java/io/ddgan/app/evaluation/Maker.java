package io.ddgan.app.evaluation;

import io.ddgan.train.sampling.TrainedGenerator;
import java.io.IOException;
import java.util.Optional;

/** Generates examples in place of this process, such as several others that share the work. */
@FunctionalInterface
public interface Maker {

  /**
   * Generates the first examples of a seed.
   *
   * @param generator what would make them in this process, and the same
   * @return the examples, {@code [count, ...shape]}; empty if the work was to be stopped before
   */
  Optional<float[]> make(TrainedGenerator generator, long seed, int count) throws IOException;
}
