package io.ddgan.train.parallel;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The processes that train one run together. All of them do the same in the same order; where one
 * exchanges something, all do.
 */
public interface Peers extends AutoCloseable {

  /** The number of this process, from 0. */
  int rank();

  /** How many they are, at least 1. */
  int count();

  /**
   * Gives each process something, and takes what each has for this one.
   *
   * @param parts what each is given, in the order of the ranks, between position and limit; they
   *     are not changed. The one for this process itself is only handed back
   * @return what each gave, in the same order
   * @throws PeerLostException if one of them has ended
   */
  List<ByteBuffer> exchange(List<ByteBuffer> parts);

  @Override
  void close();

  /** A process that trains alone. */
  static Peers alone() {
    return new Peers() {

      @Override
      public int rank() {
        return 0;
      }

      @Override
      public int count() {
        return 1;
      }

      @Override
      public List<ByteBuffer> exchange(List<ByteBuffer> parts) {
        return List.copyOf(parts);
      }

      @Override
      public void close() {}
    };
  }
}
