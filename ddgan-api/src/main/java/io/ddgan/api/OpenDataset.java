package io.ddgan.api;

import java.io.IOException;
import java.util.Optional;

/**
 * An opened {@link Dataset}: a finite, ordered set of examples that are read by index. Reading is
 * thread-safe and a function of the index alone.
 */
public interface OpenDataset extends AutoCloseable {

  /** Shape of every example. */
  DataShape shape();

  /** Number of examples, at least 1. */
  int size();

  /**
   * Reads one example, channel by channel and row by row; images are in [-1, 1].
   *
   * @param out receives {@code shape().size()} values from {@code offset} on
   * @throws IOException if the example cannot be read; the message names the file
   */
  void read(int index, float[] out, int offset) throws IOException;

  /** The classes of the examples, if known. */
  default Optional<Labels> labels() {
    return Optional.empty();
  }

  /** Returns true if the mirror image (left to right) of an example is equally valid. */
  default boolean isMirrorable() {
    return false;
  }

  /** The modes of the distribution, if known exactly. */
  default Optional<GaussianMixture> modes() {
    return Optional.empty();
  }

  /**
   * The single-channel examples that each channel is independently drawn from, if the data set is
   * built that way. They stay open as long as this data set.
   */
  default Optional<OpenDataset> stackSource() {
    return Optional.empty();
  }

  /**
   * This data set, or its clean subset if outliers were mixed in. It stays open as long as this
   * data set.
   */
  default OpenDataset cleanExamples() {
    return this;
  }

  /**
   * A SHA-256 in hexadecimal digits of the examples, their order and their classes. Data sets that
   * are too large to read may hash the names, sizes and times of their files instead.
   */
  default String fingerprint() throws IOException {
    return Hasher.of(this);
  }

  @Override
  default void close() throws IOException {}
}
