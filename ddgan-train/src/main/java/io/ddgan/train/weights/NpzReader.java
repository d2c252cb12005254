package io.ddgan.train.weights;

import io.ddgan.train.checkpoint.Tensor;
import io.ddgan.train.file.Printable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads NumPy's arrays out of an archive. */
final class NpzReader {

  private static final int LONGEST_HEADER = 1 << 12;

  /** What {@code numpy.save} writes for an array that is not structured. */
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '([^']{1,9})', 'fortran_order': (True|False),"
              + " 'shape': \\(((?:\\d{1,18}, ?)*\\d{0,18},?)\\), \\}\\s*");

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private NpzReader() {}

  static Map<String, Tensor> read(ZipArchive archive) throws IOException {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    for (String entry : archive.names()) {
      if (!entry.endsWith(Npz.EXTENSION)) {
        throw UnreadableException.damaged("its part %s is no array".formatted(Printable.of(entry)));
      }
      String name = entry.substring(0, entry.length() - Npz.EXTENSION.length());
      arrays.put(name, archive.entry(entry, (in, size) -> array(archive, name, in, size)));
    }
    return arrays;
  }

  private static Tensor array(ZipArchive archive, String name, InputStream in, long size)
      throws IOException {
    String shown = Printable.of(name);
    byte[] magic = bytes(in, Npz.MAGIC.length);
    int major = bytes(in, 2)[0];
    if (!Arrays.equals(magic, Npz.MAGIC) || major < 1 || major > 3) {
      throw UnreadableException.damaged("its part %s is not an array of NumPy".formatted(shown));
    }
    ByteBuffer length = ByteBuffer.wrap(bytes(in, major == 1 ? 2 : 4));
    length.order(ByteOrder.LITTLE_ENDIAN);
    long headerLength =
        major == 1
            ? Short.toUnsignedLong(length.getShort())
            : Integer.toUnsignedLong(length.getInt());
    if (headerLength > LONGEST_HEADER) {
      throw UnreadableException.damaged("array %s has too long a header".formatted(shown));
    }
    byte[] header = bytes(in, (int) headerLength);
    Matcher parts = HEADER.matcher(new String(header, StandardCharsets.ISO_8859_1));
    if (!parts.matches()) {
      throw UnreadableException.damaged(
          "array %s has a header that cannot be understood".formatted(shown));
    }
    ElementType type =
        ElementType.ofDescription(parts.group(1))
            .orElseThrow(
                () ->
                    new UnreadableException(
                        "has the array %s of type %s; save it as float32"
                            .formatted(shown, parts.group(1))));
    List<Long> shape =
        NUMBER
            .matcher(parts.group(3))
            .results()
            .map(digits -> Long.valueOf(digits.group()))
            .toList();
    long before = Npz.MAGIC.length + 2L + length.capacity() + headerLength;
    long elements = (size - before) / type.bytes();
    Strides strides =
        Boolean.parseBoolean(parts.group(2)) ? Strides.columns(shape) : Strides.rows(shape);
    if (strides.elements() != elements || size - before != elements * type.bytes()) {
      throw UnreadableException.damaged(
          "array %s of shape %s has another size".formatted(shown, shape));
    }
    return strides.of(archive, type.read(in, archive.allow(elements)), 0);
  }

  private static byte[] bytes(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("it is cut off");
    }
    return bytes;
  }
}
