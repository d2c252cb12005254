package io.ddgan.internal.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/** An array: its shape, empty for a scalar, and a view of its values in row-major order. */
public record Tensor(List<Long> shape, FloatBuffer values) {

  private static final int BUFFER = 1 << 16;

  public Tensor {
    shape = List.copyOf(shape);
    values = values.slice().asReadOnlyBuffer();
    if (shape.stream().anyMatch(d -> d < 0) || elements(shape) != values.remaining()) {
      throw new IllegalArgumentException(
          values.remaining() + " values do not match the shape " + shape);
    }
  }

  /** Creates a tensor over an array without copying it. */
  public static Tensor of(List<Long> shape, float... values) {
    return new Tensor(shape, FloatBuffer.wrap(values));
  }

  /** Returns all values as a read-only view with an independent position. */
  @Override
  public FloatBuffer values() {
    return values.duplicate();
  }

  /** Returns whether all values are finite. */
  public boolean isFinite() {
    FloatBuffer rest = values();
    while (rest.hasRemaining()) {
      if (!Float.isFinite(rest.get())) {
        return false;
      }
    }
    return true;
  }

  /** Returns a copy of the values. */
  public float[] toArray() {
    float[] array = new float[values.remaining()];
    values().get(array);
    return array;
  }

  /** Writes the values as little-endian float32. */
  public void writeTo(OutputStream out) throws IOException {
    FloatBuffer rest = values();
    int capacity = Math.min(BUFFER / Float.BYTES, rest.remaining()) * Float.BYTES;
    ByteBuffer bytes = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    while (rest.hasRemaining()) {
      int count = Math.min(rest.remaining(), BUFFER / Float.BYTES);
      bytes.asFloatBuffer().put(rest.slice(rest.position(), count));
      rest.position(rest.position() + count);
      out.write(bytes.array(), 0, count * Float.BYTES);
    }
  }

  /** Returns the number of elements; throws an ArithmeticException if it overflows. */
  static long elements(List<Long> shape) {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
