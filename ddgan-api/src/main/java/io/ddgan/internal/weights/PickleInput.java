package io.ddgan.internal.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads the bytes of a pickle in order. */
final class PickleInput {

  private static final int LONGEST_LINE = 256;

  private final ByteBuffer bytes;

  PickleInput(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  int unsignedByte() throws UnreadableException {
    return Byte.toUnsignedInt(need(Byte.BYTES).get());
  }

  int unsignedShort() throws UnreadableException {
    return Short.toUnsignedInt(need(Short.BYTES).getShort());
  }

  int signedInt() throws UnreadableException {
    return need(Integer.BYTES).getInt();
  }

  /** Reads a length of eight bytes. */
  long length() throws UnreadableException {
    return need(Long.BYTES).getLong();
  }

  /** Reads a float64, the only big-endian number of a pickle. */
  double real() throws UnreadableException {
    return Double.longBitsToDouble(Long.reverseBytes(length()));
  }

  /** Reads an integer of the given number of bytes, in two's complement. */
  long whole(int length) throws UnreadableException {
    if (length > Long.BYTES) {
      throw UnreadableException.damaged("it has an integer of %d bytes".formatted(length));
    }
    need(length);
    long value = 0;
    for (int i = 0; i < length; i++) {
      long next = i == length - 1 ? bytes.get() : Byte.toUnsignedLong(bytes.get());
      value |= next << (Byte.SIZE * i);
    }
    return value;
  }

  String text(long length) throws UnreadableException {
    if (length < 0 || length > bytes.remaining()) {
      throw ended();
    }
    byte[] text = new byte[(int) length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Reads text up to the end of the line. */
  String line() throws UnreadableException {
    StringBuilder line = new StringBuilder();
    for (int c = unsignedByte(); c != '\n'; c = unsignedByte()) {
      if (line.length() == LONGEST_LINE) {
        throw UnreadableException.damaged("it has an unterminated name");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private ByteBuffer need(int count) throws UnreadableException {
    if (bytes.remaining() < count) {
      throw ended();
    }
    return bytes;
  }

  private static UnreadableException ended() {
    return UnreadableException.damaged("its pickle is truncated");
  }
}
