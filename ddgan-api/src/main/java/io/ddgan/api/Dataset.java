package io.ddgan.api;

import java.io.IOException;
import java.util.Optional;

/** A data set. The record holds the configuration only; nothing is read before {@link #open()}. */
public interface Dataset {

  /**
   * Finds and checks the files.
   *
   * @throws java.io.FileNotFoundException if the data are missing; a dry run ignores this
   * @throws IOException if a file is damaged; the message names it and says what to do
   */
  OpenDataset open() throws IOException;

  /** Shape of the examples, if the configuration determines it. */
  default Optional<DataShape> shape() {
    return Optional.empty();
  }

  /** Number of classes of the examples if the configuration determines it, else 0. */
  default int classes() {
    return 0;
  }
}
