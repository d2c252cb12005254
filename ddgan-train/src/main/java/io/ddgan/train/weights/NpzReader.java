package io.ddgan.train.weights;

import io.ddgan.train.checkpoint.Tensor;
import io.ddgan.train.file.Printable;
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
    NpyHeader header = NpyHeader.read(in, shown);
    ElementType type =
        ElementType.ofDescription(header.type())
            .orElseThrow(
                () ->
                    new UnreadableException(
                        "has the array %s of type %s; save it as float32"
                            .formatted(shown, header.type())));
    List<Long> shape = header.shape();
    long before = header.length();
    long elements = (size - before) / type.bytes();
    Strides strides = header.columns() ? Strides.columns(shape) : Strides.rows(shape);
    if (strides.elements() != elements || size - before != elements * type.bytes()) {
      throw UnreadableException.damaged(
          "array %s of shape %s has another size".formatted(shown, shape));
    }
    return strides.of(archive, type.read(in, archive.allow(elements)), 0);
  }
}
