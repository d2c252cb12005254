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
 * The header of an array in NumPy's format.
 *
 * @param type NumPy's description of the elements, such as {@code <f4}
 * @param columns true if the elements are stored column by column
 * @param shape shape of the array
 * @param length length of the header in bytes
 */
public record NpyHeader(String type, boolean columns, List<Long> shape, long length) {

  private static final int LONGEST = 1 << 12;

  /** The header that {@code numpy.save} writes for an array that is not structured. */
  private static final Pattern FORMAT =
      Pattern.compile(
          "\\{'descr': '([^']{1,9})', 'fortran_order': (True|False),"
              + " 'shape': \\(((?:\\d{1,18}, ?)*\\d{0,18},?)\\), \\}\\s*");

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  public NpyHeader {
    shape = List.copyOf(shape);
  }

  /** Reads a header, up to the first byte of the elements. */
  static NpyHeader read(InputStream in, String name) throws IOException {
    byte[] start = bytes(in, Npz.MAGIC.length + 2);
    int major = start[Npz.MAGIC.length];
    if (Arrays.mismatch(start, Npz.MAGIC) < Npz.MAGIC.length || major < 1 || major > 3) {
      throw UnreadableException.damaged("its entry %s is not a NumPy array".formatted(name));
    }
    ByteBuffer length = ByteBuffer.wrap(bytes(in, major == 1 ? Short.BYTES : Integer.BYTES));
    length.order(ByteOrder.LITTLE_ENDIAN);
    int size = major == 1 ? Short.toUnsignedInt(length.getShort()) : length.getInt();
    Matcher parts =
        FORMAT.matcher(
            size >= 0 && size <= LONGEST
                ? new String(bytes(in, size), StandardCharsets.ISO_8859_1)
                : "");
    if (!parts.matches()) {
      throw new UnreadableException(
          "has an array %s whose header cannot be read; save it as a plain numeric array"
              .formatted(name));
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
        start.length + length.capacity() + size);
  }

  private static byte[] bytes(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("it is truncated");
    }
    return bytes;
  }

  /** Returns the type of the elements. */
  ElementType elements(String name) throws UnreadableException {
    return ElementType.ofDescription(type)
        .orElseThrow(
            () ->
                new UnreadableException(
                    "has an array %s of the unsupported type %s; save it as float32"
                        .formatted(name, type)));
  }
}
