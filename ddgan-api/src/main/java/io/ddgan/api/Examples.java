package io.ddgan.api;

import java.io.IOException;
import java.util.Optional;

/**
 * A finite, ordered set of examples that are read by index. Reading is thread-safe and a function
 * of the index alone.
 */
public interface Examples extends AutoCloseable {

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

  /** The classes of the examples, where they are known. */
  default Optional<Labels> labels() {
    return Optional.empty();
  }

  /** Whether the mirror image of an image, left to right, is as good an example. */
  default boolean mirrored() {
    return false;
  }

  /** The modes of the distribution, where they are known exactly. */
  default Optional<Modes> modes() {
    return Optional.empty();
  }

  /**
   * The examples of one channel that are drawn for every channel independently, where examples are
   * made so; they stay open as long as these.
   */
  default Optional<Examples> stacked() {
    return Optional.empty();
  }

  /**
   * The examples that generated ones are compared with: these, or those of them that are not there
   * to mislead. They stay open as long as these.
   */
  default Examples cleanExamples() {
    return this;
  }

  /**
   * A SHA-256 in hexadecimal digits of the examples, their order and their classes. Where all are
   * too many to be read, their files' names, sizes and times may stand for them.
   */
  default String fingerprint() throws IOException {
    return Fingerprint.of(this);
  }

  @Override
  default void close() throws IOException {}
}
