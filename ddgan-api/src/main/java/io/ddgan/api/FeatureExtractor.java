package io.ddgan.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * A function from examples to vectors in which similar examples lie close together; metrics compare
 * the vectors. The record holds the configuration only; nothing is read before {@link #open}.
 */
public interface FeatureExtractor {

  /**
   * Finds out quickly, before long work such as a training, whether {@link #open} would refuse.
   *
   * @return {@link Features#classes()} of the function, if that is known already
   * @throws IOException if a file is missing or damaged; the message says what to do
   * @throws RefusedException if the extractor does not suit such examples or such a data set
   */
  default OptionalInt check(DataShape shape, Optional<Examples> real) throws IOException {
    return OptionalInt.empty();
  }

  /**
   * Loads the function, or learns it.
   *
   * @param shape shape of the examples that it will be given
   * @param real the data set that is compared with; empty where only its statistics are known
   * @param cache an existing folder that outlives the process, for what took long to learn
   * @throws IOException if a file is missing or damaged; the message says what to do
   * @throws RefusedException if the extractor does not suit such examples or such a data set
   */
  Features open(DataShape shape, Optional<Examples> real, Path cache) throws IOException;

  /**
   * Loads the function, or learns it, which is shown to whoever waits and ends when {@code stop} is
   * true. What learns for long overrides this.
   *
   * @throws java.util.concurrent.CancellationException if the work was ended
   */
  default Features open(
      DataShape shape,
      Optional<Examples> real,
      Path cache,
      ProgressListener listener,
      BooleanSupplier stop)
      throws IOException {
    return open(shape, real, cache);
  }
}
