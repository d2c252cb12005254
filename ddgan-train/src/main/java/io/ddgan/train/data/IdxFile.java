package io.ddgan.train.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A file in the IDX format of MNIST: unsigned bytes in one dimension or in three. */
final class IdxFile implements AutoCloseable {

  private static final int IMAGES = 0x0803; // unsigned bytes in three dimensions
  private static final int LABELS = 0x0801;
  private static final int MOST_PIXELS = 1 << 14; // of a side, so that an image fits into an array

  private static final String GZIP = ".gz";

  /** Bytes that say how long a file is: the longest header. */
  private static final int BEGINNING = Integer.BYTES * (1 + (IMAGES & 0xff));

  private final DataFile file;
  private final int header;
  private final int[] dimensions;

  private IdxFile(DataFile file, int header, int[] dimensions) {
    this.file = file;
    this.header = header;
    this.dimensions = dimensions;
  }

  /** Opens a file of images, which is unpacked if its name ends with {@code .gz}. */
  static IdxFile images(Path file) throws IOException {
    return of(open(file), IMAGES, "images");
  }

  /** Unpacks images. */
  static IdxFile images(InputStream compressed, String name) throws IOException {
    return of(DataFile.unpack(compressed, name, BEGINNING, IdxFile::announced), IMAGES, "images");
  }

  /** Opens a file of labels, which is unpacked if its name ends with {@code .gz}. */
  static IdxFile labels(Path file) throws IOException {
    return of(open(file), LABELS, "labels");
  }

  /** Unpacks labels. */
  static IdxFile labels(InputStream compressed, String name) throws IOException {
    return of(DataFile.unpack(compressed, name, BEGINNING, IdxFile::announced), LABELS, "labels");
  }

  private static DataFile open(Path file) throws IOException {
    return file.toString().endsWith(GZIP)
        ? DataFile.unpack(file, BEGINNING, IdxFile::announced)
        : DataFile.open(file);
  }

  private static IdxFile of(DataFile file, int magic, String what) throws IOException {
    try {
      return parse(file, magic, what);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** The length that a file announces; no more than its beginning if it is none of these. */
  private static long announced(byte[] beginning) {
    ByteBuffer header = ByteBuffer.wrap(beginning);
    int magic = beginning.length < Integer.BYTES ? 0 : header.getInt();
    int dimensions = magic & 0xff;
    int length = Integer.BYTES * (1 + dimensions);
    if ((magic != IMAGES && magic != LABELS) || beginning.length < length) {
      return beginning.length;
    }
    long size = 1;
    for (int i = 0; i < dimensions; i++) {
      long dimension = header.getInt();
      if (dimension < 1 || (i > 0 && dimension > MOST_PIXELS)) {
        return beginning.length;
      }
      size *= dimension;
    }
    return length + size;
  }

  private static IdxFile parse(DataFile file, int magic, String what) throws IOException {
    int found = integers(file, 1)[0];
    if (found != magic) {
      throw new IOException(
          "%s is not an IDX file of %s: it begins with %08x, not %08x"
              .formatted(file.name(), what, found, magic));
    }
    int[] dimensions = integers(file, 1 + (magic & 0xff));
    dimensions = Arrays.copyOfRange(dimensions, 1, dimensions.length);
    int header = Integer.BYTES * (1 + dimensions.length);
    if (Arrays.stream(dimensions).anyMatch(d -> d < 1)
        || Arrays.stream(dimensions).skip(1).anyMatch(d -> d > MOST_PIXELS)) {
      throw new IOException(
          "%s announces %d %s%s, which cannot be; fetch it again"
              .formatted(file.name(), dimensions[0], what, each(dimensions)));
    }
    long size = (long) dimensions[0] * record(dimensions);
    if (file.size() < header + size) {
      throw new IOException(file.name() + " is truncated; fetch it again");
    }
    if (file.size() > header + size) {
      throw new IOException(
          "%s goes on after the %d %s that it announces; fetch it again"
              .formatted(file.name(), dimensions[0], what));
    }
    return new IdxFile(file, header, dimensions);
  }

  private static String each(int[] dimensions) {
    return dimensions.length == 1 ? "" : " of %dx%d pixels".formatted(dimensions[1], dimensions[2]);
  }

  private static int[] integers(DataFile file, int count) throws IOException {
    byte[] bytes = new byte[count * Integer.BYTES];
    file.read(0, bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return IntStream.range(0, count).map(i -> buffer.getInt()).toArray();
  }

  private static int record(int[] dimensions) {
    return Arrays.stream(dimensions, 1, dimensions.length).reduce(1, (a, b) -> a * b);
  }

  String name() {
    return file.name();
  }

  int count() {
    return dimensions[0];
  }

  int height() {
    return dimensions[1];
  }

  int width() {
    return dimensions[2];
  }

  /** The bytes of one image, or the byte of one label. */
  byte[] record(int index) throws IOException {
    byte[] record = new byte[record(dimensions)];
    file.read(header + (long) index * record.length, record);
    return record;
  }

  /** All bytes at once. */
  byte[] records() throws IOException {
    byte[] all = new byte[Math.multiplyExact(count(), record(dimensions))];
    file.read(header, all);
    return all;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
