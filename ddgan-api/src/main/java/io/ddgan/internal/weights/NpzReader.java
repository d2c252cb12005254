package io.ddgan.internal.weights;

import io.ddgan.internal.file.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads NumPy's arrays out of an archive. */
final class NpzReader {

  private NpzReader() {}

  static Map<String, Tensor> read(ZipArchive archive) throws IOException {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    for (String entry : archive.names()) {
      if (!entry.endsWith(Npz.EXTENSION)) {
        throw UnreadableException.damaged(
            "its part %s is not an array".formatted(Printable.of(entry)));
      }
      String name = entry.substring(0, entry.length() - Npz.EXTENSION.length());
      arrays.put(name, archive.entry(entry, (in, size) -> array(archive, name, in, size)));
    }
    return arrays;
  }

  private static Tensor array(ZipArchive archive, String name, InputStream in, long size)
      throws IOException {
    Start start = Start.read(in, name, size);
    int elements = archive.allowance().take(start.strides.elements(), Float.BYTES);
    return start.strides.of(archive.allowance(), start.type.read(in, elements), 0);
  }

  /**
   * Reads an array in double precision.
   *
   * @throws IOException if there is none of that name, or it is damaged
   */
  static DoubleArray doubles(ZipArchive archive, String name) throws IOException {
    return archive.entry(
        name + Npz.EXTENSION,
        (in, size) -> {
          Start start = Start.read(in, name, size);
          int elements = archive.allowance().take(start.strides.elements(), Double.BYTES);
          double[] values = start.type.readDoubles(in, elements);
          return new DoubleArray(
              start.strides.shape(), start.strides.of(archive.allowance(), values));
        });
  }

  /** What is known of an array before its elements are read. */
  private record Start(ElementType type, Strides strides) {

    static Start read(InputStream in, String name, long size) throws IOException {
      String shown = Printable.of(name);
      NpyHeader header = NpyHeader.read(in, shown);
      ElementType type =
          ElementType.ofDescription(header.type())
              .orElseThrow(
                  () ->
                      new UnreadableException(
                          "has the array %s of type %s; save it as float32"
                              .formatted(shown, header.type())));
      List<Long> shape = header.shape();
      long bytes = size - header.length();
      Strides strides = header.columns() ? Strides.columns(shape) : Strides.rows(shape);
      if (strides.elements() != bytes / type.bytes() || bytes % type.bytes() != 0) {
        throw UnreadableException.damaged(
            "array %s of shape %s has another size".formatted(shown, shape));
      }
      return new Start(type, strides);
    }
  }
}
