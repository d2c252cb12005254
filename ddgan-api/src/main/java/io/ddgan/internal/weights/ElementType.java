package io.ddgan.internal.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The type of an array's elements in a file. */
enum ElementType {
  FLOAT("Float", "<f4", 4, ByteBuffer::getFloat),
  DOUBLE("Double", "<f8", 8, ByteBuffer::getDouble),
  HALF("Half", "<f2", 2, bytes -> half(bytes.getShort())),
  BFLOAT16("BFloat16", "", 2, bytes -> Float.intBitsToFloat(bytes.getShort() << Short.SIZE)),
  LONG("Long", "<i8", 8, ByteBuffer::getLong),
  INT("Int", "<i4", 4, ByteBuffer::getInt),
  SHORT("Short", "<i2", 2, ByteBuffer::getShort),
  CHAR("Char", "|i1", 1, ByteBuffer::get),
  BYTE("Byte", "|u1", 1, bytes -> Byte.toUnsignedInt(bytes.get())),
  BOOL("Bool", "|b1", 1, bytes -> bytes.get() == 0 ? 0 : 1);

  private static final int BUFFER = 1 << 16;

  private final String torch;
  private final String numpy;
  private final int bytes;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final ToDoubleFunction<ByteBuffer> next;

  ElementType(String torch, String numpy, int bytes, ToDoubleFunction<ByteBuffer> next) {
    this.torch = torch;
    this.numpy = numpy;
    this.bytes = bytes;
    this.next = next;
  }

  /** Returns the type stored in a {@code torch.<name>}, such as {@code FloatStorage}. */
  static Optional<ElementType> ofStorage(String name) {
    return Arrays.stream(values()).filter(type -> name.equals(type.torch + "Storage")).findFirst();
  }

  /** Returns the type with a NumPy description, such as {@code <f4}. */
  static Optional<ElementType> ofDescription(String text) {
    return Arrays.stream(values())
        .filter(type -> !text.isEmpty() && text.equals(type.numpy))
        .findFirst();
  }

  /** Returns the size of an element in bytes. */
  int bytes() {
    return bytes;
  }

  /** Reads elements as float32. */
  float[] read(InputStream in, int count) throws IOException {
    float[] values = new float[count];
    read(in, count, (i, value) -> values[i] = (float) value);
    return values;
  }

  /** Reads elements as float64. */
  double[] readDoubles(InputStream in, int count) throws IOException {
    double[] values = new double[count];
    read(in, count, (i, value) -> values[i] = value);
    return values;
  }

  private interface Destination {
    void set(int index, double value);
  }

  private void read(InputStream in, int count, Destination destination) throws IOException {
    byte[] buffer = new byte[(int) Math.min((long) count * bytes, BUFFER)];
    for (int done = 0; done < count; ) {
      int now = Math.min(count - done, BUFFER / bytes);
      if (in.readNBytes(buffer, 0, now * bytes) < now * bytes) {
        throw new EOFException("it is truncated");
      }
      ByteBuffer source = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
      for (int end = done + now; done < end; done++) {
        destination.set(done, next.applyAsDouble(source));
      }
    }
  }

  /** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float magnitude;
    if (exponent == 0) {
      magnitude = fraction * 0x1p-24f;
    } else {
      int wide = exponent == 0x1F ? 0xFF : exponent + 127 - 15;
      magnitude = Float.intBitsToFloat(wide << 23 | fraction << 13);
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
