package io.ddgan.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * A function from examples to vectors that are close for similar examples; metrics compare the
 * vectors. The record holds the configuration only; nothing is read before {@link #open}.
 */
public interface FeatureExtractor {

  /**
   * Returns what precedes the names of measures of these features, so that nobody takes {@code
   * classifier-fid} for the FID; empty only for Inception's.
   */
  default String prefix() {
    return KebabCase.of(getClass().getSimpleName()) + "-";
  }

  /**
   * Checks quickly, before long work such as training, that {@link #open} will succeed.
   *
   * @return the function's {@link OpenFeatureExtractor#classes()}, if known already
   * @throws IOException if a file is missing or damaged; the message says what to do
   * @throws RefusedException if the extractor does not suit such examples or such a data set
   */
  default OptionalInt check(DataShape shape, Optional<OpenDataset> real) throws IOException {
    return OptionalInt.empty();
  }

  /**
   * Loads the function, or trains it.
   *
   * @param shape shape of the examples to extract features from
   * @param real the data set that is compared with; empty where only its statistics are known
   * @param cache an existing folder that outlives the process, for trained functions
   * @throws IOException if a file is missing or damaged; the message says what to do
   * @throws RefusedException if the extractor does not suit such examples or such a data set
   */
  OpenFeatureExtractor open(DataShape shape, Optional<OpenDataset> real, Path cache)
      throws IOException;

  /**
   * Loads the function, or trains it. Progress is reported; the work ends when {@code stop} is
   * true. Extractors that train for long override this.
   *
   * @throws java.util.concurrent.CancellationException if it was stopped
   */
  default OpenFeatureExtractor open(
      DataShape shape,
      Optional<OpenDataset> real,
      Path cache,
      ProgressListener listener,
      BooleanSupplier stop)
      throws IOException {
    return open(shape, real, cache);
  }
}
