package io.ddgan.onednn.elementwise;

import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.VectorLoops;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Divides elements among threads, and each thread's part into strips that stay in a core's nearest
 * cache. Depends only on shapes.
 *
 * @param row elements per row; strips have whole rows
 * @param rows number of rows
 * @param parts number of parts that threads take
 * @param partsOfChunk number of consecutive parts for one thread
 */
public record StripMining(int row, int rows, int parts, int partsOfChunk) {

  /** Elements per strip, unless rows are longer. */
  private static final int PIECE = 1024;

  /** Minimum elements per part. */
  private static final int PART = 16_384;

  static StripMining of(ElementwiseCall call) {
    long[] shape = call.shape();
    long length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    boolean isFlat = isFlat(call);
    int row = isFlat ? divisor(length) : (int) shape[shape.length - 1];
    int rows = (int) (length / row);
    boolean isOfExamples =
        !call.sums().isEmpty()
            || (!isFlat
                && shape.length == 4
                && length >= shape[0] * PIECE
                && smallInputs(call).allMatch(StripMining::isAlikeInAnExample));
    int parts =
        isOfExamples
            ? (int) shape[0] * parts(shape[1] * shape[2], length / shape[0])
            : parts(rows, length);
    return new StripMining(row, rows, parts, 1);
  }

  /**
   * Divides maps {@code [N, H, W, C]} that are written in chunks.
   *
   * @param chunk pixels per chunk: whole examples, or an equal part of an example
   */
  static StripMining ofChunks(ElementwiseCall call, int chunk) {
    long[] shape = call.shape();
    int pixels = (int) (shape[1] * shape[2]);
    int part = Math.min(chunk, pixels);
    long length = part * shape[3];
    int row = isFlat(call) ? divisor(length) : (int) shape[3];
    int parts = (int) shape[0] * pixels / part;
    return new StripMining(row, (int) (length / row) * parts, parts, chunk / part);
  }

  /** Divides rows that are all alike. */
  public static StripMining ofRows(int row, int rows) {
    return new StripMining(row, rows, parts(rows, (long) rows * row), 1);
  }

  /** Returns whether the call is independent of pixel boundaries. */
  private static boolean isFlat(ElementwiseCall call) {
    return call.sums().isEmpty()
        && call.inputs().stream().allMatch(value -> call.isFull(value) || value.length() == 1);
  }

  private static Stream<Value> smallInputs(ElementwiseCall call) {
    return call.inputs().stream().filter(value -> !call.isFull(value));
  }

  /** Returns whether a value is broadcast to all pixels of an example {@code [N, H, W, C]}. */
  private static boolean isAlikeInAnExample(Value value) {
    long[] s = value.shape();
    return s.length < 2 || (s.length == 4 && s[1] == 1 && s[2] == 1) || value.length() == 1;
  }

  private static int parts(long rows, long length) {
    return (int) Math.max(1, Math.min(rows, length / PART));
  }

  /** Returns the largest power of two up to a strip's size that divides a length. */
  private static int divisor(long length) {
    int divisor = PIECE;
    while (length % divisor != 0) {
      divisor /= 2;
    }
    return divisor == 1 && length <= PIECE ? (int) length : divisor;
  }

  int rowsOfPiece() {
    return Math.max(1, PIECE / row);
  }

  /** Returns the elements of a strip, padded to whole vectors. */
  int size() {
    return lanes(rowsOfPiece() * row);
  }

  /** Rounds a number of elements up to whole vectors. */
  static int lanes(int numbers) {
    int lanes = VectorLoops.LANES.length();
    return (numbers + lanes - 1) / lanes * lanes;
  }

  /** Returns the first row of a part. */
  public int first(int part) {
    return (int) ((long) rows * part / parts);
  }

  /**
   * Returns the start of a row in a value that is broadcast along some dimensions.
   *
   * @param shape the broadcast shape, whose last dimension is a row
   */
  static int offset(Value value, long[] shape, int row) {
    long[] s = value.shape();
    long offset = 0;
    long rest = row;
    long stride = s.length == 0 ? 1 : s[s.length - 1];
    for (int k = shape.length - 2; k >= 0; k--) {
      int own = k - (shape.length - s.length);
      if (own >= 0 && s[own] > 1) {
        offset += rest % shape[k] * stride;
        stride *= s[own];
      }
      rest /= shape[k];
    }
    return (int) offset;
  }

  /** Returns the starts of all rows. */
  int[] offsets(Value value, long[] shape) {
    return IntStream.range(0, rows).map(row -> offset(value, shape, row)).toArray();
  }

  /** Returns the starts of all parts; empty if rows of a part start at different offsets. */
  Optional<int[]> offsetsOfParts(Value value, long[] shape) {
    int[] all = offsets(value, shape);
    for (int part = 0; part < parts; part++) {
      for (int i = first(part); i < first(part + 1); i++) {
        if (all[i] != all[first(part)]) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(IntStream.range(0, parts).map(part -> all[first(part)]).toArray());
  }
}
