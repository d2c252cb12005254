package io.ddgan.train.weights;

import io.ddgan.train.checkpoint.Tensor;
import io.ddgan.train.file.Printable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The storages of a PyTorch checkpoint, each read when the first tensor needs it. */
final class Storages {

  private final ZipArchive archive;
  private final String folder;
  private final Map<Storage, float[]> loaded = new HashMap<>();

  /**
   * Storages in an archive.
   *
   * @param folder what their names begin with
   */
  Storages(ZipArchive archive, String folder) {
    this.archive = archive;
    this.folder = folder;
  }

  /**
   * What a pickle says of a storage.
   *
   * @param key its name in the archive
   * @param elements number of its elements
   */
  record Storage(ElementType type, String key, long elements) {}

  /**
   * A tensor that lies in a storage; tensors share its memory where they can.
   *
   * @param offset index of the first element
   */
  Tensor tensor(Storage storage, long offset, List<Long> shape, List<Long> steps)
      throws IOException {
    Strides strides = Strides.of(shape, steps);
    strides.requireWithin(offset, storage.elements);
    float[] values = loaded.get(storage);
    if (values == null) {
      values = load(storage);
      loaded.put(storage, values);
    }
    return strides.of(archive, values, offset);
  }

  private float[] load(Storage storage) throws IOException {
    return archive.entry(
        folder + storage.key,
        (in, size) -> {
          if (storage.elements < 0
              || storage.elements != size / storage.type.bytes()
              || size % storage.type.bytes() != 0) {
            throw UnreadableException.damaged(
                "storage %s should have %d elements of %d bytes, not %d bytes"
                    .formatted(
                        Printable.of(storage.key), storage.elements, storage.type.bytes(), size));
          }
          return storage.type.read(in, archive.allow(storage.elements));
        });
  }
}
