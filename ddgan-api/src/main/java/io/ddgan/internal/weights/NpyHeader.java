package io.ddgan.internal.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the elements of an array in NumPy's format.
 *
 * @param type NumPy's description of the elements, such as {@code <f4}
 * @param columns whether the elements lie column by column
 * @param shape shape of the array
 * @param length bytes before the elements
 */
public record NpyHeader(String type, boolean columns, List<Long> shape, long length) {

  private static final int LONGEST = 1 << 12;

  /** What {@code numpy.save} writes for an array that is not structured. */
  private static final Pattern FORMAT =
      Pattern.compile(
          "\\{'descr': '([^']{1,9})', 'fortran_order': (True|False),"
              + " 'shape': \\(((?:\\d{1,18}, ?)*\\d{0,18},?)\\), \\}\\s*");

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  public NpyHeader {
    shape = List.copyOf(shape);
  }

  /**
   * Reads a header, so that the stream's next byte is the first of the elements.
   *
   * @param name name of the array in error messages
   * @throws IOException if there is none; the message says what is wrong with the file
   */
  public static NpyHeader read(InputStream in, String name) throws IOException {
    byte[] magic = bytes(in, Npz.MAGIC.length);
    int major = bytes(in, 2)[0];
    if (!Arrays.equals(magic, Npz.MAGIC) || major < 1 || major > 3) {
      throw UnreadableException.damaged("its part %s is not an array of NumPy".formatted(name));
    }
    ByteBuffer length = ByteBuffer.wrap(bytes(in, major == 1 ? 2 : 4));
    length.order(ByteOrder.LITTLE_ENDIAN);
    long headerLength =
        major == 1
            ? Short.toUnsignedLong(length.getShort())
            : Integer.toUnsignedLong(length.getInt());
    if (headerLength > LONGEST) {
      throw UnreadableException.damaged("array %s has too long a header".formatted(name));
    }
    byte[] header = bytes(in, (int) headerLength);
    Matcher parts = FORMAT.matcher(new String(header, StandardCharsets.ISO_8859_1));
    if (!parts.matches()) {
      throw UnreadableException.damaged(
          "array %s has a header that cannot be understood".formatted(name));
    }
    List<Long> shape =
        NUMBER
            .matcher(parts.group(3))
            .results()
            .map(digits -> Long.valueOf(digits.group()))
            .toList();
    return new NpyHeader(
        parts.group(1),
        Boolean.parseBoolean(parts.group(2)),
        shape,
        Npz.MAGIC.length + 2L + length.capacity() + headerLength);
  }

  private static byte[] bytes(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("it is cut off");
    }
    return bytes;
  }
}
