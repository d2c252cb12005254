package io.ddgan.train.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A file in the IDX format of MNIST: unsigned bytes in one dimension or in three. */
final class IdxFile implements AutoCloseable {

  private static final int MOST_PIXELS = 1 << 14; // of a side, so that an image fits into an array

  private static final String GZIP = ".gz";

  /** Bytes that say how long a file is: the longest header. */
  private static final int BEGINNING = Integer.BYTES * (1 + Content.IMAGES.dimensions());

  /** What a file holds, as its first bytes say: unsigned bytes in so many dimensions. */
  enum Content {
    IMAGES(0x0803, "images"),
    LABELS(0x0801, "labels");

    private final int magic;
    private final String text;

    Content(int magic, String text) {
      this.magic = magic;
      this.text = text;
    }

    private int dimensions() {
      return magic & 0xff;
    }
  }

  private final DataFile file;
  private final int header;
  private final int[] dimensions;

  private IdxFile(DataFile file, int header, int[] dimensions) {
    this.file = file;
    this.header = header;
    this.dimensions = dimensions;
  }

  /** Opens a file, which is unpacked if its name ends with {@code .gz}. */
  static IdxFile open(Path file, Content content) throws IOException {
    return of(
        file.toString().endsWith(GZIP)
            ? DataFile.unpack(file, BEGINNING, IdxFile::announced)
            : DataFile.open(file),
        content);
  }

  /** Unpacks what a stream gives. */
  static IdxFile unpack(InputStream compressed, String name, Content content) throws IOException {
    return of(DataFile.unpack(compressed, name, BEGINNING, IdxFile::announced), content);
  }

  private static IdxFile of(DataFile file, Content content) throws IOException {
    try {
      return parse(file, content);
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
    if (Arrays.stream(Content.values()).noneMatch(content -> content.magic == magic)
        || beginning.length < length) {
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

  private static IdxFile parse(DataFile file, Content content) throws IOException {
    int found = integers(file, 1)[0];
    if (found != content.magic) {
      throw new IOException(
          "%s is not an IDX file of %s: it begins with %08x, not %08x"
              .formatted(file.name(), content.text, found, content.magic));
    }
    int[] dimensions = integers(file, 1 + content.dimensions());
    dimensions = Arrays.copyOfRange(dimensions, 1, dimensions.length);
    int header = Integer.BYTES * (1 + dimensions.length);
    if (Arrays.stream(dimensions).anyMatch(d -> d < 1)
        || Arrays.stream(dimensions).skip(1).anyMatch(d -> d > MOST_PIXELS)) {
      throw new IOException(
          "%s announces %d %s%s, which cannot be; fetch it again"
              .formatted(file.name(), dimensions[0], content.text, each(dimensions)));
    }
    long size = (long) dimensions[0] * record(dimensions);
    if (file.size() < header + size) {
      throw new IOException(file.name() + " is truncated; fetch it again");
    }
    if (file.size() > header + size) {
      throw new IOException(
          "%s goes on after the %d %s that it announces; fetch it again"
              .formatted(file.name(), dimensions[0], content.text));
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
