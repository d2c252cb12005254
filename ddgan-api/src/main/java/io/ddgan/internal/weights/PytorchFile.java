package io.ddgan.internal.weights;

import io.ddgan.internal.file.TerminalEscape;
import io.ddgan.internal.weights.Unpickler.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads files of {@code torch.save} since PyTorch 1.6. Never runs code from a file. */
public final class PytorchFile {

  private static final int LARGEST_PICKLE =
      1 << 23; // fifty times the size for a large training state
  private static final Pattern PICKLE = Pattern.compile("[^/]+/data\\.pkl");
  private static final Pattern SCRIPT = Pattern.compile("[^/]+/(constants\\.pkl|code/.*)");

  private PytorchFile() {}

  /**
   * Reads a file.
   *
   * @return the saved object: dicts and {@code argparse.Namespace} as ordered maps, lists, tuples
   *     and {@code torch.Size} as lists, integers as Long, floats as Double, {@code None} as an
   *     empty Optional, and tensors and parameters as {@link Tensor}
   */
  public static Object read(Path file) throws IOException {
    return ZipArchive.read(file, PytorchFile::read);
  }

  /** Reads a state dict: tensors by name, in the order of the file. */
  public static Map<String, Tensor> readTensors(Path file) throws IOException {
    return tensors(read(file), file.toString());
  }

  /** Returns a state dict's tensors by name; errors name its source. */
  public static Map<String, Tensor> tensors(Object value, String source) throws IOException {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IOException(source + " is not a state dict: it has no tensors by name");
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name && entry.getValue() instanceof Tensor tensor)) {
        String key = TerminalEscape.of(String.valueOf(entry.getKey()));
        throw new IOException(
            "%s is not a state dict: its entry %s is not a tensor with a name"
                .formatted(source, key));
      }
      tensors.put(name, tensor);
    }
    return tensors;
  }

  private static Object read(ZipArchive archive) throws IOException {
    List<String> names = archive.names();
    if (names.stream().anyMatch(name -> SCRIPT.matcher(name).matches())) {
      throw new UnreadableException(
          "is a TorchScript program; save the state dict of the network with torch.save instead");
    }
    List<String> pickles = names.stream().filter(name -> PICKLE.matcher(name).matches()).toList();
    if (pickles.size() != 1) {
      throw new UnreadableException("is not a file of torch.save: it needs exactly one data.pkl");
    }
    String pickle = pickles.get(0);
    String folder = pickle.substring(0, pickle.indexOf('/') + 1);
    String order = folder + "byteorder";
    if (archive.has(order)
        && !"little".equals(new String(archive.bytes(order, 16), StandardCharsets.US_ASCII))) {
      throw UnreadableException.notLittleEndian();
    }
    Map<Storage, float[]> loaded = new HashMap<>(); // tensors share the memory of their storage
    return Unpickler.read(
        new PickleInput(archive.bytes(pickle, LARGEST_PICKLE)),
        (storage, offset, shape, steps) -> {
          Strides strides = Strides.of(shape, steps);
          strides.requireWithin(offset, storage.elements());
          float[] values = loaded.get(storage);
          if (values == null) {
            values = load(archive, folder + "data/", storage);
            loaded.put(storage, values);
          }
          return strides.of(values, offset);
        });
  }

  private static float[] load(ZipArchive archive, String folder, Storage storage)
      throws IOException {
    int bytes = storage.type().bytes();
    return archive.entry(
        folder + storage.key(),
        (in, size) -> {
          if (storage.elements() < 0 || storage.elements() != size / bytes || size % bytes != 0) {
            throw UnreadableException.damaged(
                "storage %s must have %d elements of %d bytes; it has %d bytes"
                    .formatted(TerminalEscape.of(storage.key()), storage.elements(), bytes, size));
          }
          return storage.type().read(in, Strides.length(storage.elements()));
        });
  }
}
