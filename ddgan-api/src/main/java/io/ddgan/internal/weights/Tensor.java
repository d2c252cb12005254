package io.ddgan.internal.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/** A named array's shape, empty for a scalar, and values row by row, a view. */
public record Tensor(List<Long> shape, FloatBuffer values) {

  private static final int BUFFER = 1 << 16;

  public Tensor {
    shape = List.copyOf(shape);
    values = values.slice().asReadOnlyBuffer();
    if (shape.stream().anyMatch(d -> d < 0) || elements(shape) != values.remaining()) {
      throw new IllegalArgumentException(
          values.remaining() + " values cannot have the shape " + shape);
    }
  }

  /** A tensor over an array, which is not copied. */
  public static Tensor of(List<Long> shape, float... values) {
    return new Tensor(shape, FloatBuffer.wrap(values));
  }

  /** The values from the first to the last, as a read-only view with a position of its own. */
  @Override
  public FloatBuffer values() {
    return values.duplicate();
  }

  /** Whether no value is infinite or not a number. */
  public boolean isFinite() {
    FloatBuffer rest = values();
    while (rest.hasRemaining()) {
      if (!Float.isFinite(rest.get())) {
        return false;
      }
    }
    return true;
  }

  /** A copy of the values. */
  public float[] toArray() {
    float[] array = new float[values.remaining()];
    values().get(array);
    return array;
  }

  /** Writes the values as little-endian float32. */
  public void writeTo(OutputStream out) throws IOException {
    FloatBuffer rest = values();
    int most = Math.min(BUFFER / Float.BYTES, rest.remaining()) * Float.BYTES;
    ByteBuffer bytes = ByteBuffer.allocate(most).order(ByteOrder.LITTLE_ENDIAN);
    while (rest.hasRemaining()) {
      int count = Math.min(rest.remaining(), BUFFER / Float.BYTES);
      bytes.asFloatBuffer().put(rest.slice(rest.position(), count));
      rest.position(rest.position() + count);
      out.write(bytes.array(), 0, count * Float.BYTES);
    }
  }

  /** Number of elements; throws an ArithmeticException if that is no long. */
  static long elements(List<Long> shape) {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
