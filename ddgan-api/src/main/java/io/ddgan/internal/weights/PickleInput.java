package io.ddgan.internal.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read from the first to the last. */
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

  /** Eight bytes, the length of what follows, or of a frame. */
  long length() throws UnreadableException {
    return need(Long.BYTES).getLong();
  }

  /** The only number that a pickle writes with its first byte first. */
  double real() throws UnreadableException {
    return Double.longBitsToDouble(Long.reverseBytes(length()));
  }

  /** A whole number in two's complement, of so many bytes. */
  long whole(int length) throws UnreadableException {
    if (length > Long.BYTES) {
      throw UnreadableException.damaged("a whole number in it has %d bytes".formatted(length));
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

  /** Text up to the end of the line. */
  String line() throws UnreadableException {
    StringBuilder line = new StringBuilder();
    for (int c = unsignedByte(); c != '\n'; c = unsignedByte()) {
      if (line.length() == LONGEST_LINE) {
        throw UnreadableException.damaged("a name in it has no end");
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
    return UnreadableException.damaged("its pickle ends too early");
  }
}
