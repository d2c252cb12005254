package io.ddgan.api;

import java.io.IOException;
import java.util.Objects;

/**
 * Many vectors of one length, in order, which need not be in memory: read them in blocks. Reading
 * is a function of the index alone.
 */
public interface Vectors {

  /** Number of vectors. */
  int count();

  /** Length of each. */
  int size();

  /**
   * Reads consecutive vectors.
   *
   * @param first index of the first
   * @param count how many
   * @param out receives {@code [count, size]}
   */
  void read(int first, int count, double[] out) throws IOException;

  /**
   * The first of these vectors.
   *
   * @param limit how many, or more than there are for all
   */
  default Vectors first(int limit) {
    Vectors all = this;
    int fewer = Math.min(limit, count());
    return new Vectors() {

      @Override
      public int count() {
        return fewer;
      }

      @Override
      public int size() {
        return all.size();
      }

      @Override
      public void read(int first, int count, double[] out) throws IOException {
        Objects.checkFromIndexSize(first, count, fewer);
        all.read(first, count, out);
      }
    };
  }

  /**
   * Some of these vectors.
   *
   * @param chosen indices of those that are chosen, in the order in which they are read
   */
  default Vectors at(int... chosen) {
    Vectors all = this;
    int[] indices = chosen.clone();
    return new Vectors() {

      @Override
      public int count() {
        return indices.length;
      }

      @Override
      public int size() {
        return all.size();
      }

      @Override
      public void read(int first, int count, double[] out) throws IOException {
        double[] one = new double[size()];
        for (int i = 0; i < count; i++) {
          all.read(indices[first + i], 1, one);
          System.arraycopy(one, 0, out, i * one.length, one.length);
        }
      }
    };
  }

  /**
   * Vectors that are in memory.
   *
   * @param values {@code [count, size]}, not copied
   */
  static Vectors of(double[] values, int size) {
    if (size < 1 || values.length % size != 0) {
      throw new IllegalArgumentException(
          "%d values do not make vectors of length %d".formatted(values.length, size));
    }
    return new Vectors() {

      @Override
      public int count() {
        return values.length / size;
      }

      @Override
      public int size() {
        return size;
      }

      @Override
      public void read(int first, int count, double[] out) {
        Objects.checkFromIndexSize(first, count, count());
        System.arraycopy(values, first * size, out, 0, count * size);
      }
    };
  }
}
