package io.ddgan.internal.weights;

import io.ddgan.internal.file.FileContent;
import io.ddgan.internal.file.TerminalEscape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads and writes arrays in the format of {@code numpy.load} and {@code numpy.savez}. */
public final class Npz {

  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  static final String EXTENSION = ".npy";

  private static final int ALIGNMENT = 64;

  private Npz() {}

  /** Writes float32 arrays. Equal values give equal bytes. */
  public static void write(Path file, Map<String, Tensor> arrays) throws IOException {
    Map<String, FileContent> entries = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) ->
            entries.put(name + EXTENSION, content("<f4", array.shape(), array::writeTo)));
    ZipArchive.write(file, entries);
  }

  /** Reads arrays of any real type as float32. */
  public static Map<String, Tensor> read(Path file) throws IOException {
    return ZipArchive.read(
        file,
        archive -> {
          Map<String, Tensor> arrays = new LinkedHashMap<>();
          for (String name : names(archive)) {
            arrays.put(
                name,
                read(
                    archive,
                    name,
                    (header, in) -> {
                      Strides strides = Strides.dense(header.shape(), header.columns());
                      int length = Strides.length(strides.elements());
                      return strides.of(header.elements(name).read(in, length), 0);
                    }));
          }
          return arrays;
        });
  }

  /** Reads all elements of an array. */
  @FunctionalInterface
  public interface ArrayReader<T> {

    /** Reads the elements; the stream has as many bytes as the header says. */
    T read(NpyHeader header, InputStream in) throws IOException;
  }

  /** Returns the names of a file's arrays, in the order of the file. */
  public static List<String> names(Path file) throws IOException {
    return ZipArchive.read(file, Npz::names);
  }

  private static List<String> names(ZipArchive archive) throws IOException {
    List<String> names = new ArrayList<>();
    for (String entry : archive.names()) {
      if (!entry.endsWith(EXTENSION)) {
        throw UnreadableException.damaged(
            "its entry %s is not an array".formatted(TerminalEscape.of(entry)));
      }
      names.add(entry.substring(0, entry.length() - EXTENSION.length()));
    }
    return names;
  }

  /** Reads one array. */
  public static <T> T read(Path file, String name, ArrayReader<T> reader) throws IOException {
    return ZipArchive.read(file, archive -> read(archive, name, reader));
  }

  static <T> T read(ZipArchive archive, String name, ArrayReader<T> reader) throws IOException {
    return archive.entry(
        name + EXTENSION,
        (in, size) -> {
          String shown = TerminalEscape.of(name);
          NpyHeader header = NpyHeader.read(in, shown);
          int each = header.elements(shown).bytes();
          long bytes = size - header.length();
          long elements = Strides.dense(header.shape(), header.columns()).elements();
          if (elements != bytes / each || bytes % each != 0) {
            throw UnreadableException.damaged(
                "the size of array %s does not match its shape %s"
                    .formatted(shown, header.shape()));
          }
          return reader.read(header, in);
        });
  }

  /** Returns an array in the format of {@code numpy.save}. */
  static FileContent content(String type, List<Long> shape, FileContent values) {
    byte[] header = header(type, shape);
    return out -> {
      out.write(header);
      values.writeTo(out);
    };
  }

  private static byte[] header(String type, List<Long> shape) {
    String sizes = shape.stream().map(Object::toString).collect(Collectors.joining(", "));
    String comma = shape.size() == 1 ? "," : "";
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s%s), }".formatted(type, sizes, comma);
    int start = MAGIC.length + 2 * Byte.BYTES + Short.BYTES;
    int length = (start + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
    String padded = text + " ".repeat(length - start - text.length() - 1) + "\n";
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) padded.length())
        .put(padded.getBytes(StandardCharsets.US_ASCII))
        .array();
  }
}
