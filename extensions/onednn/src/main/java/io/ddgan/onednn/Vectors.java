package io.ddgan.onednn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over float32 numbers in native memory, with as many lanes as the processor has. Positions
 * are counted in numbers. One loop a method: the compiler boxes vectors where a method is large.
 */
final class Vectors {

  static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private Vectors() {}

  /** Fails where Java's vectors are others. */
  static int check() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(LANES.vectorByteSize()).order(ORDER);
    store(buffer, 0, load(buffer, 0));
    return LANES.length();
  }

  static FloatVector load(ByteBuffer from, int at) {
    return FloatVector.fromByteBuffer(LANES, from, at * Float.BYTES, ORDER);
  }

  static void store(ByteBuffer to, int at, FloatVector values) {
    values.intoByteBuffer(to, at * Float.BYTES, ORDER);
  }

  static float get(ByteBuffer from, int at) {
    return from.getFloat(at * Float.BYTES);
  }

  static void put(ByteBuffer to, int at, float value) {
    to.putFloat(at * Float.BYTES, value);
  }

  /**
   * Adds up arrays that lie {@code step} apart into the first of them, from one position to
   * another.
   */
  static void addUp(ByteBuffer arrays, int from, int to, int step, int count) {
    int i = from;
    for (; i <= to - LANES.length(); i += LANES.length()) {
      addUpLanes(arrays, i, step, count);
    }
    for (; i < to; i++) {
      float sum = get(arrays, i);
      for (int k = 1; k < count; k++) {
        sum += get(arrays, i + k * step);
      }
      put(arrays, i, sum);
    }
  }

  private static void addUpLanes(ByteBuffer arrays, int at, int step, int count) {
    FloatVector sum = load(arrays, at);
    for (int k = 1, i = at + step; k < count; k++, i += step) {
      sum = sum.add(load(arrays, i));
    }
    store(arrays, at, sum);
  }

  /** Adds rows of {@code width} numbers, {@code step} apart, up into {@code sums}. */
  static void sumRows(ByteBuffer x, int at, int rows, int step, int width, float[] sums, int to) {
    int c = 0;
    for (; c <= width - LANES.length(); c += LANES.length()) {
      sumRowsLanes(x, at + c, rows, step, sums, to + c);
    }
    for (; c < width; c++) {
      float sum = 0;
      for (int r = 0, i = at + c; r < rows; r++, i += step) {
        sum += get(x, i);
      }
      sums[to + c] += sum;
    }
  }

  private static void sumRowsLanes(ByteBuffer x, int at, int rows, int step, float[] sums, int to) {
    FloatVector sum = FloatVector.zero(LANES);
    for (int r = 0, i = at; r < rows; r++, i += step) {
      sum = sum.add(load(x, i));
    }
    FloatVector.fromArray(LANES, sums, to).add(sum).intoArray(sums, to);
  }
}
