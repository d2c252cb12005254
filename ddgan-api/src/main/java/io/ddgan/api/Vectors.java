package io.ddgan.api;

import java.io.IOException;
import java.util.Objects;

/**
 * An ordered list of vectors of one length, read in blocks and not necessarily in memory. Reading
 * depends on the index alone.
 */
public interface Vectors {

  /** Number of vectors. */
  int count();

  /** Length of each vector. */
  int size();

  /**
   * Reads consecutive vectors.
   *
   * @param first index of the first
   * @param count number of vectors
   * @param out receives {@code [count, size]}
   */
  void read(int first, int count, double[] out) throws IOException;

  /** The first of these vectors, or all if there are fewer. */
  default Vectors first(int limit) {
    return of(Math.min(limit, count()), size(), this::read);
  }

  /** Returns the vectors at some indices, in their order. */
  default Vectors at(int... chosen) {
    int[] indices = chosen.clone();
    return of(
        indices.length,
        size(),
        (first, count, out) -> {
          double[] one = new double[size()];
          for (int i = 0; i < count; i++) {
            read(indices[first + i], 1, one);
            System.arraycopy(one, 0, out, i * one.length, one.length);
          }
        });
  }

  /** Vectors in memory, {@code [count, size]}, not copied. */
  static Vectors of(double[] values, int size) {
    return of(
        values.length / size,
        size,
        (first, count, out) -> System.arraycopy(values, first * size, out, 0, count * size));
  }

  /** Reads consecutive vectors within bounds, as {@link Vectors#read}. */
  interface Reader {

    /** Reads {@code [count, size]}. */
    void read(int first, int count, double[] out) throws IOException;
  }

  /** Vectors that are read on demand. */
  static Vectors of(int count, int size, Reader reader) {
    return new Vectors() {

      @Override
      public int count() {
        return count;
      }

      @Override
      public int size() {
        return size;
      }

      @Override
      public void read(int first, int now, double[] out) throws IOException {
        Objects.checkFromIndexSize(first, now, count);
        reader.read(first, now, out);
      }
    };
  }
}
