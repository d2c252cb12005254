package io.ddgan.internal.weights;

import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.Printable;
import io.ddgan.internal.weights.Storages.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Files of {@code torch.save} before PyTorch 1.6: five pickles one after the other (a magic number,
 * the version of the format, a description of the machine, what was saved, and the names of the
 * storages), and then the storages in the order of their names, each after the number of its
 * elements.
 */
final class LegacyFile {

  private static final byte[] MAGIC = HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa850192e");
  private static final int RECOGNISABLE = 4;
  private static final long VERSION = 1001;
  private static final Tensor NOT_YET_READ = Tensor.of(List.of(0L));

  private final FileChannel channel;
  private final long size;
  private final Allowance allowance;
  private final Map<String, Storage> storages = new HashMap<>();
  private final Map<String, Long> places = new HashMap<>();

  private LegacyFile(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
    this.allowance = new Allowance(size);
  }

  /** Whether a file begins like one of these. */
  static boolean is(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(RECOGNISABLE);
      return Arrays.equals(start, Arrays.copyOf(MAGIC, RECOGNISABLE));
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  /**
   * Reads a file.
   *
   * @return what {@link PytorchFile#read} promises
   * @throws IOException in a sentence that names the file
   */
  static Object read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return new LegacyFile(channel).read();
    } catch (IOException e) {
      throw UnreadableException.explain(file, e);
    }
  }

  /** A tensor's storage has its place after what names it, so that is read twice. */
  private Object read() throws IOException {
    byte[] pickles =
        Channels.newInputStream(channel)
            .readNBytes((int) Math.min(size, PytorchFile.LARGEST_PICKLE));
    if (!Arrays.equals(
        pickles, 0, Math.min(pickles.length, MAGIC.length), MAGIC, 0, MAGIC.length)) {
      throw UnreadableException.damaged("it is cut off or overwritten");
    }
    PickleInput in = new PickleInput(pickles, MAGIC.length);
    requireKnown(
        Unpickler.read(in, LegacyFile::unexpected), Unpickler.read(in, LegacyFile::unexpected));
    int content = in.position();
    Unpickler.read(in, (storage, offset, shape, steps) -> note(storage));
    place(Unpickler.read(in, LegacyFile::unexpected), in.position());
    return Unpickler.read(
        new PickleInput(pickles, content), new LoadedStorages(allowance, this::load));
  }

  private static void requireKnown(Object version, Object machine) throws UnreadableException {
    if (!version.equals(VERSION)) {
      throw new UnreadableException(
          "has another version of the format before PyTorch 1.6 than %d".formatted(VERSION));
    }
    if (!(machine instanceof Map<?, ?> map) || !Boolean.TRUE.equals(map.get("little_endian"))) {
      throw UnreadableException.notLittleEndian();
    }
  }

  private static Tensor unexpected(Storage storage, long offset, List<Long> shape, List<Long> steps)
      throws UnreadableException {
    throw UnreadableException.damaged("it has a tensor where none can be");
  }

  private Tensor note(Storage storage) throws UnreadableException {
    Storage known = storages.putIfAbsent(storage.key(), storage);
    if (known != null && !known.equals(storage)) {
      throw UnreadableException.damaged(
          "it contradicts itself about storage " + Printable.of(storage.key()));
    }
    return NOT_YET_READ;
  }

  /** Finds the places of all storages, which fill the rest of the file. */
  private void place(Object keys, long begin) throws UnreadableException {
    if (!(keys instanceof List<?> list)) {
      throw UnreadableException.damaged("it has no list of storages");
    }
    long position = begin;
    for (Object key : list) {
      Storage storage = key instanceof String name ? storages.get(name) : null;
      if (storage == null || places.put(storage.key(), position) != null) {
        throw UnreadableException.damaged("it lists a storage that no tensor needs, or one twice");
      }
      long rest = size - position - Long.BYTES;
      int bytes = storage.type().bytes();
      if (rest < 0 || storage.elements() < 0 || storage.elements() > rest / bytes) {
        throw UnreadableException.damaged(
            "it is cut off, or its storage %s cannot have %d elements"
                .formatted(Printable.of(storage.key()), storage.elements()));
      }
      position += Long.BYTES + storage.elements() * bytes;
    }
    if (places.size() < storages.size() || position < size) {
      throw UnreadableException.damaged("its storages are not those that its tensors need");
    }
  }

  private float[] load(Storage storage) throws IOException {
    InputStream in = Channels.newInputStream(channel.position(places.get(storage.key())));
    long elements =
        ByteBuffer.wrap(in.readNBytes(Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (elements != storage.elements()) {
      throw UnreadableException.damaged(
          "storage %s should have %d elements, not %d"
              .formatted(Printable.of(storage.key()), storage.elements(), elements));
    }
    return storage.type().read(in, allowance.take(elements, Float.BYTES));
  }
}
