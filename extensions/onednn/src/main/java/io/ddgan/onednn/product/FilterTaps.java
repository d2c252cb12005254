package io.ddgan.onednn.product;

import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.NativeFloats;
import io.ddgan.onednn.runtime.VectorLoops;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A constant sparse matrix that filters or resamples maps. */
public final class FilterTaps {

  private static final long V = VectorLoops.BYTES;

  private static final int FEW = 2;
  private static final int MOST = 4;

  private final int inputs;
  private final int outputs;

  /** Non-zero elements per row: 2 or 4. */
  private final int count;

  /** Columns of the elements, ascending, {@code [outputs, count]}. */
  private final int[] positions;

  /** Values of the elements, {@code [outputs, count]}, padded with 0. */
  private final float[] factors;

  private FilterTaps(int inputs, int outputs, int count, int[] positions, float[] factors) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.count = count;
    this.positions = positions;
    this.factors = factors;
  }

  /**
   * Reads a matrix.
   *
   * @param isTransposed true if its columns are the rows of the filter
   * @return empty if it is not constant or not sparse enough
   */
  public static Optional<FilterTaps> of(Value matrix, boolean isTransposed) {
    if (!matrix.isConstant()) {
      return Optional.empty();
    }
    INDArray array = isTransposed ? matrix.array().transpose() : matrix.array();
    int outputs = array.rows();
    int inputs = array.columns();
    int[][] used = new int[outputs][];
    int most = 0;
    for (int i = 0; i < outputs; i++) {
      int row = i;
      used[i] = IntStream.range(0, inputs).filter(k -> array.getFloat(row, k) != 0).toArray();
      most = Math.max(most, used[i].length);
    }
    if (most > MOST) {
      return Optional.empty();
    }
    int count = most > FEW ? MOST : FEW;
    int[] positions = new int[outputs * count];
    float[] factors = new float[outputs * count];
    for (int i = 0; i < outputs; i++) {
      int last = used[i].length == 0 ? 0 : used[i][used[i].length - 1];
      Arrays.fill(positions, i * count, (i + 1) * count, last);
      for (int k = 0; k < used[i].length; k++) {
        positions[i * count + k] = used[i][k];
        factors[i * count + k] = array.getFloat(i, used[i][k]);
      }
    }
    return Optional.of(new FilterTaps(inputs, outputs, count, positions, factors));
  }

  /** Returns the number of columns. */
  public int inputs() {
    return inputs;
  }

  /** Returns the number of rows. */
  public int outputs() {
    return outputs;
  }

  /**
   * Computes rows of a product with a matrix whose rows are at least as long as a vector. Elements
   * outside the filter are ignored, even if they are not finite. Terms are added in the order of
   * the filter's columns, like oneDNN's products of matrices with a few hundred columns.
   *
   * @param from the matrix
   * @param at start of the matrix
   * @param to the product
   * @param start start of the whole product
   * @param width length of a row
   */
  public void multiply(
      NativeFloats from, int at, NativeFloats to, int start, int firstRow, int endRow, int width) {
    int lanes = VectorLoops.LANES.length();
    from.requireVectors(at, at + inputs * width - lanes);
    to.requireVectors(start + firstRow * width, start + endRow * width - lanes);
    if (count == FEW) {
      multiplyByTwoLanes(from, from.place(at), to, to.place(start), firstRow, endRow, width);
    } else {
      multiplyByFourLanes(from, from.place(at), to, to.place(start), firstRow, endRow, width);
    }
  }

  private void multiplyByTwoLanes(
      NativeFloats from,
      long at,
      NativeFloats to,
      long start,
      int firstRow,
      int endRow,
      int width) {
    FloatVector zero = FloatVector.zero(VectorLoops.LANES);
    long length = NativeFloats.bytes(width);
    for (int row = firstRow; row < endRow; row++) {
      int p = row * FEW;
      long a = at + positions[p] * length;
      long b = at + positions[p + 1] * length;
      FloatVector fa = factor(p);
      FloatVector fb = factor(p + 1);
      long target = start + row * length;
      for (long i = 0; i < length; i += V) {
        long k = Math.min(i, length - V);
        to.storeTo(target + k, from.loadFrom(b + k).fma(fb, from.loadFrom(a + k).fma(fa, zero)));
      }
    }
  }

  private void multiplyByFourLanes(
      NativeFloats from,
      long at,
      NativeFloats to,
      long start,
      int firstRow,
      int endRow,
      int width) {
    FloatVector zero = FloatVector.zero(VectorLoops.LANES);
    long length = NativeFloats.bytes(width);
    for (int row = firstRow; row < endRow; row++) {
      int p = row * MOST;
      long a = at + positions[p] * length;
      long b = at + positions[p + 1] * length;
      long c = at + positions[p + 2] * length;
      long d = at + positions[p + 3] * length;
      FloatVector fa = factor(p);
      FloatVector fb = factor(p + 1);
      FloatVector fc = factor(p + 2);
      FloatVector fd = factor(p + 3);
      long target = start + row * length;
      for (long i = 0; i < length; i += V) {
        long k = Math.min(i, length - V);
        FloatVector first = from.loadFrom(b + k).fma(fb, from.loadFrom(a + k).fma(fa, zero));
        to.storeTo(target + k, from.loadFrom(d + k).fma(fd, from.loadFrom(c + k).fma(fc, first)));
      }
    }
  }

  private FloatVector factor(int at) {
    return FloatVector.broadcast(VectorLoops.LANES, factors[at]);
  }
}
