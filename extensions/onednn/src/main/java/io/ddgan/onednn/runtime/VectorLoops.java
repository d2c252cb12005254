package io.ddgan.onednn.runtime;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector loops over float32 elements in native memory, with all lanes of the processor. Each loop
 * is a method, because the compiler boxes vectors in large methods.
 */
public final class VectorLoops {

  public static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

  /** Size of a vector in bytes. */
  public static final long BYTES = LANES.vectorByteSize();

  private VectorLoops() {}

  /** Fails if Java's vectors are incompatible. */
  public static int check() {
    NativeFloats numbers = new NativeFloats(ByteBuffer.allocateDirect(LANES.vectorByteSize()));
    numbers.store(0, numbers.load(0));
    return LANES.length();
  }

  /**
   * Adds arrays at a distance of {@code step} into the first one, in the range {@code [from, to)}.
   */
  public static void addUp(NativeFloats arrays, int from, int to, int step, int count) {
    int i = from;
    for (; i <= to - LANES.length(); i += LANES.length()) {
      addUpLanes(arrays, i, step, count);
    }
    for (; i < to; i++) {
      float sum = arrays.get(i);
      for (int k = 1; k < count; k++) {
        sum += arrays.get(i + k * step);
      }
      arrays.put(i, sum);
    }
  }

  private static void addUpLanes(NativeFloats arrays, int at, int step, int count) {
    FloatVector sum = FloatVector.zero(LANES);
    for (int k = 0, i = at; k < count; k++, i += step) {
      sum = sum.add(arrays.load(i));
    }
    arrays.store(at, sum);
  }

  /** Adds {@code rows} rows of {@code width} elements to {@code sums}, from {@code to} on. */
  public static void sumRows(Strip x, int rows, int width, float[] sums, int to) {
    int c = 0;
    for (; c <= width - LANES.length(); c += LANES.length()) {
      sumRowsLanes(x, c, rows, width, sums, to + c);
    }
    for (; c < width; c++) {
      float sum = 0;
      for (int i = c; i < rows * width; i += width) {
        sum += x.get(i);
      }
      sums[to + c] += sum;
    }
  }

  private static void sumRowsLanes(Strip x, int column, int rows, int width, float[] sums, int to) {
    NativeFloats xs = x.numbers();
    long at = x.place() + NativeFloats.bytes(column);
    long next = NativeFloats.bytes(width);
    FloatVector sum = FloatVector.zero(LANES);
    for (long i = at, end = at + rows * next; i < end; i += next) {
      sum = sum.add(xs.loadFrom(i));
    }
    FloatVector.fromArray(LANES, sums, to).add(sum).intoArray(sums, to);
  }

  /** Fills the range {@code [from, to)} with a value. */
  static void fillLanes(NativeFloats x, int from, int to, float value) {
    FloatVector all = FloatVector.broadcast(LANES, value);
    int i = from;
    for (; i <= to - LANES.length(); i += LANES.length()) {
      x.store(i, all);
    }
    for (; i < to; i++) {
      x.put(i, value);
    }
  }

  /** Updates running means: {@code decay * mean + (1 - decay) * x}. */
  public static void meanLanes(NativeFloats mean, NativeFloats x, float decay, int from, int to) {
    int i = from;
    for (; i <= to - LANES.length(); i += LANES.length()) {
      mean.store(i, x.load(i).mul(1 - decay).add(mean.load(i).mul(decay)));
    }
    for (; i < to; i++) {
      mean.put(i, x.get(i) * (1 - decay) + mean.get(i) * decay);
    }
  }

  /** Updates running means of squares. */
  public static void meanSquareLanes(
      NativeFloats mean, NativeFloats x, float decay, int from, int to) {
    int i = from;
    for (; i <= to - LANES.length(); i += LANES.length()) {
      FloatVector v = x.load(i);
      mean.store(i, v.mul(v).mul(1 - decay).add(mean.load(i).mul(decay)));
    }
    for (; i < to; i++) {
      float v = x.get(i);
      mean.put(i, v * v * (1 - decay) + mean.get(i) * decay);
    }
  }

  /** Subtracts {@code scale * mean / (sqrt(square) + epsilon)}. */
  public static void moveLanes(
      NativeFloats x,
      NativeFloats mean,
      NativeFloats square,
      float scale,
      float epsilon,
      int from,
      int to) {
    int i = from;
    for (; i <= to - LANES.length(); i += LANES.length()) {
      FloatVector root = square.load(i).sqrt().add(epsilon);
      x.store(i, x.load(i).sub(mean.load(i).mul(scale).div(root)));
    }
    for (; i < to; i++) {
      float root = (float) Math.sqrt(square.get(i)) + epsilon;
      x.put(i, x.get(i) - mean.get(i) * scale / root);
    }
  }

  /** Adds squares separately for each lane. */
  public static void sumOfSquaresLanes(NativeFloats x, int from, int to, float[] sums) {
    FloatVector sum = FloatVector.zero(LANES);
    int i = from;
    for (; i <= to - LANES.length(); i += LANES.length()) {
      FloatVector v = x.load(i);
      sum = sum.add(v.mul(v));
    }
    sum.intoArray(sums, 0);
    for (; i < to; i++) {
      sums[0] += x.get(i) * x.get(i);
    }
  }

  /** Subtracts a number and multiplies by factors. */
  public static void subtractAndMultiplyLanes(Strip x, float number, Strip factors, int n) {
    NativeFloats xs = x.numbers();
    long xAt = x.place();
    NativeFloats fs = factors.numbers();
    long at = factors.place();
    for (long i = 0, end = NativeFloats.bytes(n); i < end; i += BYTES) {
      xs.storeTo(xAt + i, xs.loadFrom(xAt + i).sub(number).mul(fs.loadFrom(at + i)));
    }
  }

  /** Adds products separately for each lane. */
  public static void sumOfProductsLanes(Strip x, Strip y, int n, float[] sums) {
    NativeFloats xs = x.numbers();
    long xAt = x.place();
    NativeFloats ys = y.numbers();
    long yAt = y.place();
    FloatVector sum = FloatVector.zero(LANES);
    for (long i = 0, end = NativeFloats.bytes(n); i < end; i += BYTES) {
      sum = sum.add(xs.loadFrom(xAt + i).mul(ys.loadFrom(yAt + i)));
    }
    sum.intoArray(sums, 0);
  }

  /** Adds the lanes' sums in order; a vector's own reduction has no fixed order. */
  public static float totalOfLanes(float[] sums) {
    double total = 0;
    for (int i = 0; i < LANES.length(); i++) {
      total += sums[i];
    }
    return (float) total;
  }
}
