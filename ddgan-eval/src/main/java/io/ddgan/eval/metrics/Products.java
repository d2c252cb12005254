package io.ddgan.eval.metrics;

import io.ddgan.api.Vectors;
import java.io.IOException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Inner products of all pairs of vectors in double precision. Holds two blocks of vectors and their
 * products in memory at a time.
 */
final class Products {

  private static final int BLOCK = 1024;

  private Products() {}

  /** Consumes one number per pair. */
  interface Pair {

    /** Accepts the number of a pair. */
    void accept(int row, int column, double value);
  }

  /** Passes all pairs of a vector of one set and one of the other. */
  static void across(Vectors rows, Vectors columns, Pair pair) throws IOException {
    if (rows.size() != columns.size()) {
      throw new IllegalArgumentException(
          "vectors of length %d cannot be compared with vectors of length %d"
              .formatted(rows.size(), columns.size()));
    }
    for (int i = 0; i < rows.count(); i += BLOCK) {
      try (NativeRows row = NativeRows.read(rows, i)) {
        for (int j = 0; j < columns.count(); j += BLOCK) {
          try (NativeRows column = NativeRows.read(columns, j)) {
            row.times(column, pair);
          }
        }
      }
    }
  }

  /** Passes each pair of two different vectors of a set once. */
  static void within(Vectors vectors, Pair pair) throws IOException {
    Pair once =
        (row, column, value) -> {
          if (row < column) {
            pair.accept(row, column, value);
          }
        };
    for (int i = 0; i < vectors.count(); i += BLOCK) {
      try (NativeRows row = NativeRows.read(vectors, i)) {
        row.times(row, once);
        for (int j = i + BLOCK; j < vectors.count(); j += BLOCK) {
          try (NativeRows column = NativeRows.read(vectors, j)) {
            row.times(column, pair);
          }
        }
      }
    }
  }

  /** Consecutive vectors in native memory. */
  private record NativeRows(int first, int count, INDArray matrix) implements AutoCloseable {

    static NativeRows read(Vectors vectors, int first) throws IOException {
      int count = Math.min(BLOCK, vectors.count() - first);
      double[] values = new double[count * vectors.size()];
      vectors.read(first, count, values);
      long[] shape = {count, vectors.size()};
      return new NativeRows(first, count, Nd4j.create(values, shape, DataType.DOUBLE));
    }

    void times(NativeRows other, Pair pair) {
      double[] products = new double[count * other.count];
      try (INDArray all = Nd4j.create(DataType.DOUBLE, count, other.count)) {
        Nd4j.gemm(matrix, other.matrix, all, false, true, 1, 0);
        all.data().asNioDouble().get(products);
      }
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < other.count; j++) {
          pair.accept(first + i, other.first + j, products[i * other.count + j]);
        }
      }
    }

    @Override
    public void close() {
      matrix.close();
    }
  }
}
