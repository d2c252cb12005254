package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.OpenDataset;
import io.ddgan.config.Key;
import io.ddgan.internal.file.TerminalEscape;
import io.ddgan.internal.weights.NpyHeader;
import io.ddgan.internal.weights.Npz;
import io.ddgan.internal.weights.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An array of examples in NumPy's format: float32 of any shape, {@code [N, ...]}, unscaled, or
 * uint8 images with channels last or first, scaled to [-1, 1]. Reads the files of {@code ddgan
 * sample --out FILE.npz}.
 */
public record NpzArray(
    @Key("the .npz file") Path file,
    @Key("name of the array; not needed if the file has only one") Optional<String> array,
    @Key("whether to flip training images horizontally with probability 1/2") boolean flip)
    implements Dataset {

  @Override
  public OpenDataset open() throws IOException {
    List<String> names = Npz.names(file);
    if (array.isEmpty() ? names.size() != 1 : !names.contains(array.get())) {
      List<String> shown = names.stream().map(TerminalEscape::of).limit(20).toList();
      throw new IOException(
          array.isPresent()
              ? "%s has no array %s; set data.array to one of %s"
                  .formatted(file, array.get(), shown)
              : "%s has several arrays, %s; set data.array to one of them".formatted(file, shown));
    }
    String name = array.orElse(names.get(0));
    NpzImages examples = Npz.read(file, name, (header, in) -> examples(in, header, name));
    examples.requireFinite();
    return examples;
  }

  /** The layout of an example's elements in the file. */
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
    if (header.columns()) {
      throw new UnreadableException(
          "has an array %s in Fortran order; save numpy.ascontiguousarray of it".formatted(name));
    }
    if (shape.size() < 2) {
      throw new UnreadableException(
          "has an array %s of shape %s, but examples need the shape [N, ...]; reshape it, such as to [N, 1]"
              .formatted(name, shape));
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
    throw new UnreadableException(
        "has an array %s of type %s and shape %s; save float32 examples in [-1, 1], or uint8 images of 1 or 3 channels"
            .formatted(name, header.type(), shape));
  }

  private static boolean isChannels(long size) {
    return size == 1 || size == 3;
  }

  private NpzImages examples(InputStream in, NpyHeader header, String array) throws IOException {
    String name = TerminalEscape.of(array);
    Layout layout = layout(header, name);
    List<Long> shape = header.shape();
    try {
      DataShape each = shape(layout, shape.stream().skip(1).map(Math::toIntExact).toList());
      int count = Math.toIntExact(shape.get(0));
      if (count > 0) {
        TemporaryFile elements = TemporaryFile.of("array %s of %s".formatted(name, file), in);
        return new NpzImages(elements, each, count, layout, flip && each.isImage());
      }
    } catch (ArithmeticException | IllegalArgumentException e) {
      // treated as an empty array
    }
    throw new UnreadableException("has no examples: array %s has shape %s".formatted(name, shape));
  }

  private static DataShape shape(Layout layout, List<Integer> each) {
    return switch (layout) {
      case FLOATS, PLANES ->
          each.size() == 2 ? DataShape.image(1, each.get(0), each.get(1)) : new DataShape(each);
      case INTERLEAVED -> DataShape.image(each.get(2), each.get(0), each.get(1));
    };
  }

  private record NpzImages(
      TemporaryFile elements, DataShape shape, int size, Layout layout, boolean isMirrorable)
      implements OpenDataset {

    void requireFinite() throws IOException {
      float[] example = new float[shape.size()];
      for (int i = 0; layout == Layout.FLOATS && i < size; i++) {
        read(i, example, 0);
        for (float value : example) {
          if (!Float.isFinite(value)) {
            close();
            throw new IOException(
                "%s has a number that is not finite in example %,d (from 0); remove the example"
                    .formatted(elements.name(), i));
          }
        }
      }
    }

    @Override
    public void read(int index, float[] out, int offset) throws IOException {
      int length = shape.size();
      byte[] bytes = new byte[Math.multiplyExact(length, layout.bytes)];
      elements.read((long) index * bytes.length, bytes);
      switch (layout) {
        case FLOATS ->
            ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(out, offset, length);
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
