package io.ddgan.onednn.product;

import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.NativeFloats;
import io.ddgan.onednn.runtime.VectorLoops;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A constant matrix that has few numbers in a row, as those that filter and resample maps. */
public final class FilterTaps {

  private static final long V = VectorLoops.BYTES;

  private static final int FEW = 2;
  private static final int MOST = 4;

  private final int inputs;
  private final int outputs;

  /** Numbers of a row: 2 or 4. */
  private final int count;

  /** Their columns, ascending, {@code [outputs, count]}. */
  private final int[] positions;

  /** The numbers, {@code [outputs, count]}; where a row has fewer, the rest are 0. */
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
   * @param isTransposed whether its columns are the rows of the filter
   * @return empty if it can change, or has more numbers in a row
   */
  public static Optional<FilterTaps> of(Value matrix, boolean isTransposed) {
    if (!matrix.isConstant()) {
      return Optional.empty();
    }
    INDArray array = isTransposed ? matrix.array().transpose() : matrix.array();
    int outputs = array.rows();
    int inputs = array.columns();
    float[][] rows = array.toFloatMatrix();
    int[][] used = new int[outputs][];
    int most = 0;
    for (int i = 0; i < outputs; i++) {
      float[] row = rows[i];
      used[i] = IntStream.range(0, inputs).filter(k -> row[k] != 0).toArray();
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
        factors[i * count + k] = rows[i][used[i][k]];
      }
    }
    return Optional.of(new FilterTaps(inputs, outputs, count, positions, factors));
  }

  /** Columns of the matrix. */
  public int inputs() {
    return inputs;
  }

  /** Rows of the matrix. */
  public int outputs() {
    return outputs;
  }

  /**
   * Computes rows of a product with a matrix whose rows are at least as long as a vector. What the
   * filter does not look at does not matter, be it infinite or not a number. Otherwise each number
   * is added up in the order of the filter's columns, as oneDNN adds up products of whole matrices
   * of some hundred columns.
   *
   * @param from where the matrix is
   * @param at where it begins
   * @param to where the product goes
   * @param start where the whole product begins
   * @param width numbers of a row
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
