package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Labels;
import io.ddgan.api.OpenDataset;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files in MNIST's IDX format: 28x28 greyscale images of a few classes.
 *
 * @param name name in error messages
 * @param size height and width to which the images are padded, in pixels
 * @param advice advice in the error message if files are missing
 */
record IdxSet(String name, List<String> classes, int size, String advice) {

  static final int SIDE = 28;

  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";
  private static final int IMAGES_MAGIC = 0x0803;
  private static final int LABELS_MAGIC = 0x0801;
  private static final int LABELS_HEADER = 2 * Integer.BYTES;

  IdxSet {
    classes = List.copyOf(classes);
  }

  /** Returns whether a folder has a file of images, or may have one that cannot be accessed. */
  static boolean isIn(Path folder) {
    return find(folder, IMAGES).isPresent();
  }

  /** Opens the training images of a folder, plain or compressed, with their labels if present. */
  OpenDataset open(Path folder) throws IOException {
    Path images = find(folder, IMAGES).orElseThrow(() -> missing(folder));
    Optional<Path> labels = find(folder, LABELS);
    return labels.isPresent()
        ? examples(DataFile.open(images), Optional.of(DataFile.open(labels.get())))
        : examples(DataFile.open(images), Optional.empty());
  }

  /** Opens compressed resources in the package of a class. */
  OpenDataset open(Class<?> owner, String images, String labels) throws IOException {
    return examples(resource(owner, images), Optional.of(resource(owner, labels)));
  }

  private static DataFile resource(Class<?> owner, String name) throws IOException {
    try (InputStream in = owner.getResourceAsStream(name)) {
      return DataFile.unpack(in, name);
    }
  }

  private static Optional<Path> find(Path folder, String file) {
    return Stream.of(file, file + DataFile.GZIP)
        .map(folder::resolve)
        .filter(path -> !Files.notExists(path)) // an inaccessible file fails when read
        .findFirst();
  }

  private IOException missing(Path folder) {
    return new FileNotFoundException(
        "%s contains neither %s nor %s; %s"
            .formatted(folder, IMAGES, IMAGES + DataFile.GZIP, advice));
  }

  private OpenDataset examples(DataFile images, Optional<DataFile> labels) throws IOException {
    int count = count(images, IMAGES_MAGIC, "images", SIDE * SIDE);
    Optional<Labels> assigned =
        labels.isPresent() ? Optional.of(read(labels.get(), images, count)) : Optional.empty();
    System.getLogger(IdxSet.class.getName())
        .log(Level.INFO, "Reading " + name + " from " + images.name());
    return new PaddedImages(images, count, assigned, size);
  }

  private Labels read(DataFile file, DataFile images, int count) throws IOException {
    int labelled = count(file, LABELS_MAGIC, "labels", 1);
    if (labelled != count) {
      throw new IOException(
          "%s has %d labels, but %s has %d images; fetch both again"
              .formatted(file.name(), labelled, images.name(), count));
    }
    byte[] labels = file.read(LABELS_HEADER, count);
    for (byte label : labels) {
      if (Byte.toUnsignedInt(label) >= classes.size()) {
        throw new IOException(
            "%s has the label %d, but there are %d classes"
                .formatted(file.name(), Byte.toUnsignedInt(label), classes.size()));
      }
    }
    return Labels.named(classes, index -> labels[index]);
  }

  /**
   * Checks the header and the length of a file.
   *
   * @param magic the first four bytes; the last one is the number of dimensions
   * @param what description of the items
   * @param each bytes per item
   */
  private int count(DataFile file, int magic, String what, int each) throws IOException {
    int found = integer(file, 0);
    if (found != magic) {
      throw new IOException(
          "%s is not an IDX file of %s: it begins with %08x instead of %08x"
              .formatted(file.name(), what, found, magic));
    }
    int dimensions = magic & 0xff;
    int count = integer(file, 1);
    if (dimensions > 1 && (integer(file, 2) != SIDE || integer(file, 3) != SIDE)) {
      throw new IOException(
          "%s has images of %dx%d pixels, not 28x28 as %s does"
              .formatted(file.name(), integer(file, 2), integer(file, 3), name));
    }
    long size = Integer.BYTES * (1L + dimensions) + (long) count * each;
    if (count < 1 || file.size() != size) {
      throw new IOException(
          "%s declares %d %s, but has %,d bytes; fetch it again"
              .formatted(file.name(), Integer.toUnsignedLong(count), what, file.size()));
    }
    return count;
  }

  private static int integer(DataFile file, int index) throws IOException {
    return ByteBuffer.wrap(file.read(index * Integer.BYTES, Integer.BYTES)).getInt();
  }

  /**
   * Greyscale images of 28x28 pixels, centred in a black square.
   *
   * @param images a header and then the bytes of all images, row by row
   * @param side height and width of the square in pixels
   */
  private record PaddedImages(DataFile images, int size, Optional<Labels> labels, int side)
      implements OpenDataset {

    private static final float BLACK = -1;
    private static final int HEADER = 4 * Integer.BYTES;

    @Override
    public DataShape shape() {
      return DataShape.image(1, side, side);
    }

    @Override
    public void read(int index, float[] out, int offset) throws IOException {
      Objects.checkIndex(index, size);
      byte[] pixels = images.read(HEADER + index * SIDE * SIDE, SIDE * SIDE);
      Arrays.fill(out, offset, offset + side * side, BLACK);
      int margin = (side - SIDE) / 2;
      for (int row = 0; row < SIDE; row++) {
        Pixels.scale(pixels, row * SIDE, out, offset + (margin + row) * side + margin, SIDE);
      }
    }
  }
}
