package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.Examples;
import io.ddgan.config.Key;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.Printable;
import io.ddgan.internal.weights.NpyHeader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * An array of examples in NumPy's format: float32 of any shape after the number of examples, taken
 * as it is, or uint8 images with their channels last or first, scaled to [-1, 1]. Reads what {@code
 * ddgan sample --out FILE.npz} writes.
 *
 * @param file the archive
 * @param array name of the array in it; not needed if there is only one
 * @param flip whether training mirrors half of the images it sees
 */
public record NpzArray(
    @Key("the .npz file") Path file,
    @Key("name of the array; not needed if the file has only one") Optional<String> array,
    @Key("whether training mirrors half of the images it sees") boolean flip)
    implements Dataset {

  private static final String EXTENSION = ".npy";

  @Override
  public Examples open() throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = entry(zip);
      String name = "array %s of %s".formatted(Printable.of(stem(entry)), file);
      try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
        Examples examples = examples(in, header(in, entry), name);
        if (entry.getCrc() != in.getChecksum().getValue()) {
          examples.close();
          throw new IOException(name + " does not have its checksum; fetch it again");
        }
        return examples;
      }
    } catch (ZipException | EOFException e) {
      throw new IOException(
          "%s is not an intact .npz file (%s); fetch it again".formatted(file, e.getMessage()), e);
    } catch (NoSuchFileException e) {
      throw FileErrors.reading(file, e);
    }
  }

  private NpyHeader header(InputStream in, ZipEntry entry) throws IOException {
    try {
      return NpyHeader.read(in, Printable.of(stem(entry)));
    } catch (EOFException e) {
      throw new IOException(file + " is truncated; fetch it again", e);
    } catch (IOException e) {
      throw new IOException("%s %s; fetch it again".formatted(file, e.getMessage()), e);
    }
  }

  private ZipEntry entry(ZipFile zip) throws IOException {
    List<? extends ZipEntry> arrays =
        Collections.list(zip.entries()).stream()
            .filter(entry -> entry.getName().endsWith(EXTENSION))
            .filter(entry -> array.isEmpty() || array.get().equals(stem(entry)))
            .toList();
    if (arrays.size() == 1) {
      return arrays.get(0);
    }
    List<String> names =
        Collections.list(zip.entries()).stream()
            .map(NpzArray::stem)
            .map(Printable::of)
            .limit(20)
            .toList();
    throw new IOException(
        array.isPresent()
            ? "%s has no array %s; set data.array to one of %s".formatted(file, array.get(), names)
            : "%s has several arrays, %s; set data.array to one of them".formatted(file, names));
  }

  private static String stem(ZipEntry entry) {
    return entry.getName().replaceFirst("\\.npy$", "");
  }

  /** How the elements of an example lie in the file. */
  private enum Layout {
    FLOATS(Float.BYTES),
    PLANES(1),
    INTERLEAVED(1);

    private final int bytes;

    Layout(int bytes) {
      this.bytes = bytes;
    }
  }

  private static Layout layout(NpyHeader header, String name) throws IOException {
    List<Long> shape = header.shape();
    if (header.columns() || shape.size() < 2) {
      throw new IOException(
          "%s has the shape %s%s; save it row by row with the number of examples first"
              .formatted(name, shape, header.columns() ? ", column by column" : ""));
    }
    if (header.type().equals("<f4")) {
      return Layout.FLOATS;
    }
    boolean isBytes = header.type().equals("|u1");
    if (isBytes && shape.size() == 4 && isChannels(shape.get(3))) {
      return Layout.INTERLEAVED;
    }
    if (isBytes && (shape.size() == 3 || (shape.size() == 4 && isChannels(shape.get(1))))) {
      return Layout.PLANES;
    }
    throw new IOException(
        "%s is of type %s and shape %s; save float32 examples in [-1, 1], or uint8 images of 1 or 3 channels"
            .formatted(name, header.type(), shape));
  }

  private static boolean isChannels(long size) {
    return size == 1 || size == 3;
  }

  private Examples examples(InputStream in, NpyHeader header, String name) throws IOException {
    Layout layout = layout(header, name);
    List<Long> shape = header.shape();
    DataShape each = example(layout, shape, name);
    int count = Math.toIntExact(shape.get(0));
    long length = (long) count * each.size() * layout.bytes;
    DataFile elements =
        layout == Layout.FLOATS
            ? DataFile.copy(in, name, length, out -> new FiniteFloats(out, name, each.size()))
            : DataFile.copy(in, name, length, out -> out);
    if (count < 1 || elements.size() != length) {
      elements.close();
      throw new IOException(
          "%s does not have as many elements as its shape %s says; fetch it again"
              .formatted(name, shape));
    }
    return new NpzImages(elements, each, count, layout, flip && each.isImage());
  }

  /** The shape of an example that fits into an array, of no more than can be numbered. */
  private static DataShape example(Layout layout, List<Long> shape, String name)
      throws IOException {
    try {
      DataShape each = shape(layout, shape.stream().skip(1).map(Math::toIntExact).toList());
      int unused = Math.multiplyExact(each.size(), layout.bytes) + Math.toIntExact(shape.get(0));
      return each;
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new IOException("%s has an impossible shape %s".formatted(name, shape), e);
    }
  }

  private static DataShape shape(Layout layout, List<Integer> each) {
    return switch (layout) {
      case FLOATS, PLANES ->
          each.size() == 2 ? DataShape.image(1, each.get(0), each.get(1)) : new DataShape(each);
      case INTERLEAVED -> DataShape.image(each.get(2), each.get(0), each.get(1));
    };
  }

  private record NpzImages(
      DataFile elements, DataShape shape, int size, Layout layout, boolean mirrored)
      implements Examples {

    @Override
    public void read(int index, float[] out, int offset) throws IOException {
      int length = shape.size();
      byte[] bytes = new byte[length * layout.bytes];
      elements.read((long) index * bytes.length, bytes);
      switch (layout) {
        case FLOATS -> Floats.read(bytes, out, offset);
        case PLANES -> Pixels.scale(bytes, 0, out, offset, length);
        case INTERLEAVED -> {
          int channels = shape.channels();
          for (int i = 0; i < length; i++) {
            int plane = i % channels * (length / channels);
            out[offset + plane + i / channels] = Pixels.scale(bytes[i]);
          }
        }
      }
    }

    @Override
    public void close() throws IOException {
      elements.close();
    }
  }
}
