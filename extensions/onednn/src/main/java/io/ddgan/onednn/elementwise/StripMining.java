package io.ddgan.onednn.elementwise;

import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.VectorLoops;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How numbers are divided among threads, and each thread's into pieces so small that all between
 * reading and writing stays in a core's nearest cache. It depends on shapes alone.
 *
 * @param row numbers of a row; pieces have whole rows
 * @param rows number of them
 * @param parts what threads take
 * @param partsOfChunk parts that follow each other and are one thread's
 */
public record StripMining(int row, int rows, int parts, int partsOfChunk) {

  /** Numbers of a piece, or a row where those are longer. */
  private static final int PIECE = 1024;

  /** Numbers that are worth a part of their own. */
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
   * Of maps {@code [N, H, W, C]} that are written in chunks.
   *
   * @param chunk pixels of each: those of whole examples, or as many for each chunk of an example
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

  /** Of rows that are all alike. */
  public static StripMining ofRows(int row, int rows) {
    return new StripMining(row, rows, parts(rows, (long) rows * row), 1);
  }

  /** Whether it does not matter where a pixel ends. */
  private static boolean isFlat(ElementwiseCall call) {
    return call.sums().isEmpty()
        && call.inputs().stream().allMatch(value -> call.isFull(value) || value.length() == 1);
  }

  private static Stream<Value> smallInputs(ElementwiseCall call) {
    return call.inputs().stream().filter(value -> !call.isFull(value));
  }

  /** Whether a value is repeated for all pixels of an example of maps {@code [N, H, W, C]}. */
  private static boolean isAlikeInAnExample(Value value) {
    long[] s = value.shape();
    return s.length < 2 || (s.length == 4 && s[1] == 1 && s[2] == 1) || value.length() == 1;
  }

  private static int parts(long rows, long length) {
    return (int) Math.max(1, Math.min(rows, length / PART));
  }

  /** The largest power of two up to a piece that divides a length. */
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

  /** Numbers that a piece has, with those that fill the last vector up. */
  int size() {
    return lanes(rowsOfPiece() * row);
  }

  /** A number of numbers, with those that fill the last vector up. */
  static int lanes(int numbers) {
    int lanes = VectorLoops.LANES.length();
    return (numbers + lanes - 1) / lanes * lanes;
  }

  /** The first row of a part. */
  public int first(int part) {
    return (int) ((long) rows * part / parts);
  }

  /**
   * Where the numbers of a row begin in a value that is repeated along some dimensions.
   *
   * @param shape of what it is repeated to, whose last dimension is a row
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

  /** The same of all rows. */
  int[] offsets(Value value, long[] shape) {
    return IntStream.range(0, rows).map(row -> offset(value, shape, row)).toArray();
  }

  /** The same of the first rows of all parts; empty if other rows of a part begin elsewhere. */
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
