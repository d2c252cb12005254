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
   * Finds out, before long work such as a training begins, whether {@link #open} would refuse:
   * without slow work, and without the certainty that it will not.
   *
   * @param shape as in {@link #open}
   * @param real as in {@link #open}
   * @return {@link Features#classes()} of the function, if that is known before it is there
   * @throws IOException if a file is missing or damaged; the message names it and says what to do
   * @throws RefusedException if the extractor does not suit such examples or such a data set; the
   *     message says why
   */
  default OptionalInt check(DataShape shape, Optional<Examples> real) throws IOException {
    return OptionalInt.empty();
  }

  /**
   * Loads the function, or learns it.
   *
   * @param shape shape of the examples that it will be given
   * @param real the data set that the examples are compared with, for extractors that learn from
   *     it; empty where only its statistics are known
   * @param cache an existing folder that outlives the process, for what took long to learn
   * @return the function, to be closed by the caller
   * @throws IOException if a file is missing or damaged; the message names it and says what to do
   * @throws RefusedException if the extractor does not suit such examples or such a data set; the
   *     message says why
   */
  Features open(DataShape shape, Optional<Examples> real, Path cache) throws IOException;

  /**
   * Loads the function, or learns it for as long as it is not to stop. What learns for long
   * overrides this, and says so: it is shown to whoever waits.
   *
   * @param listener hears what is learnt, and how far it is
   * @param stop asked now and then; true ends the work
   * @throws java.util.concurrent.CancellationException if the work was ended
   */
  default Features open(
      DataShape shape,
      Optional<Examples> real,
      Path cache,
      WorkListener listener,
      BooleanSupplier stop)
      throws IOException {
    return open(shape, real, cache);
  }
}
