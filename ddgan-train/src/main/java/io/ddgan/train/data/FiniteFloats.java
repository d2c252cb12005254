package io.ddgan.train.data;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Little-endian floats on their way to a file, each of which has to be finite. */
final class FiniteFloats extends FilterOutputStream {

  private final String name;
  private final int each;
  private long position;
  private int previous;

  /**
   * Floats that go to a stream.
   *
   * @param name stands for them in error messages
   * @param each how many of them are an example
   */
  FiniteFloats(OutputStream out, String name, int each) {
    super(out);
    this.name = name;
    this.each = each;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      boolean isLast = position % Float.BYTES == Float.BYTES - 1;
      // The exponent, of 8 bits after the sign, is all ones.
      if (isLast && (bytes[i] & 0x7F) == 0x7F && (previous & 0x80) != 0) {
        throw new IOException(
            "%s has a number that is not finite in its example %,d, counted from 0; remove it"
                .formatted(name, position / Float.BYTES / each));
      }
      previous = bytes[i];
      position++;
    }
    out.write(bytes, offset, length);
  }
}
