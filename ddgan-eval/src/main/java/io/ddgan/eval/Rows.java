package io.ddgan.eval;

import io.ddgan.api.Vectors;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Vectors of float32 numbers in a file, as there may be more than fit into memory. A file that is
 * kept ends with a checksum of its rows.
 */
final class Rows implements AutoCloseable {

  private static final int HASH = 32;
  private static final int ROWS_AT_ONCE = 1024;

  private final Path name;
  private final FileChannel file;
  private final int width;
  private int count;

  private Rows(Path name, FileChannel file, int width, int count) {
    this.name = name;
    this.file = file;
    this.width = width;
    this.count = count;
  }

  /**
   * No rows yet, in a file that is gone when this is closed, or the process ends.
   *
   * @param folder where there is room for it
   * @param width numbers in a row
   */
  static Rows temporary(Path folder, int width) throws IOException {
    try {
      Files.createDirectories(folder);
      Path name = Files.createTempFile(folder, "rows", ".f32");
      FileChannel file = FileChannel.open(name, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.delete(name); // the open channel keeps the content until it is closed
      return new Rows(folder, file, width, 0);
    } catch (IOException e) {
      throw FileErrors.writing(folder, e);
    }
  }

  /**
   * Opens rows that were kept.
   *
   * @return nothing if the file is damaged
   */
  static Optional<Rows> open(Path name, int width) throws IOException {
    FileChannel file = FileChannel.open(name, StandardOpenOption.READ);
    long bytes = file.size() - HASH;
    Rows rows = new Rows(name, file, width, (int) Math.max(0, bytes / Float.BYTES / width));
    byte[] hash = new byte[HASH];
    boolean isWhole = false;
    try {
      MessageDigest digest = Sha256.digest();
      rows.forEachBlock(block -> digest.update(block));
      isWhole =
          bytes == (long) rows.count * width * Float.BYTES
              && file.read(ByteBuffer.wrap(hash), bytes) == HASH
              && Arrays.equals(hash, digest.digest());
    } finally {
      if (!isWhole) {
        file.close();
      }
    }
    return isWhole ? Optional.of(rows) : Optional.empty();
  }

  /** Keeps the rows, atomically. */
  void write(Path kept) throws IOException {
    AtomicFile.write(kept, this::writeTo);
  }

  private void writeTo(OutputStream out) throws IOException {
    MessageDigest digest = Sha256.digest();
    forEachBlock(
        block -> {
          digest.update(block);
          out.write(block);
        });
    out.write(digest.digest());
  }

  /** Takes some rows as they are in the file. */
  private interface Block {

    void accept(byte[] bytes) throws IOException;
  }

  private void forEachBlock(Block each) throws IOException {
    for (int first = 0; first < count; first += ROWS_AT_ONCE) {
      each.accept(read(first, Math.min(ROWS_AT_ONCE, count - first)).array());
    }
  }

  /** Number of rows. */
  int count() {
    return count;
  }

  /** Adds the rows of others. */
  void append(Rows others) throws IOException {
    others.forEachBlock(block -> append(ByteBuffer.wrap(block)));
  }

  /**
   * Adds rows.
   *
   * @param rows how many
   * @param values {@code [rows, width]} at least
   */
  void append(int rows, float[] values) throws IOException {
    ByteBuffer bytes = littleEndian(rows);
    bytes.asFloatBuffer().put(values, 0, rows * width);
    append(bytes);
  }

  private void append(ByteBuffer bytes) throws IOException {
    try {
      int rows = bytes.remaining() / Float.BYTES / width;
      long position = position(count);
      while (bytes.hasRemaining()) {
        position += file.write(bytes, position);
      }
      count += rows;
    } catch (IOException e) {
      throw FileErrors.writing(name, e);
    }
  }

  private ByteBuffer read(int first, int rows) throws IOException {
    ByteBuffer bytes = littleEndian(rows);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, position(first) + bytes.position()) < 0) {
        throw new EOFException(name + " was cut off while it was in use; evaluate again");
      }
    }
    return bytes.flip();
  }

  private long position(int row) {
    return (long) row * width * Float.BYTES;
  }

  private ByteBuffer littleEndian(int rows) {
    int bytes = Math.multiplyExact(Math.multiplyExact(rows, width), Float.BYTES);
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The rows that are there now; they can be read until this is closed. */
  Vectors vectors() {
    int size = count;
    return new Vectors() {

      @Override
      public int count() {
        return size;
      }

      @Override
      public int size() {
        return width;
      }

      @Override
      public void read(int first, int number, double[] out) throws IOException {
        Objects.checkFromIndexSize(first, number, size);
        ByteBuffer bytes = Rows.this.read(first, number);
        for (int i = 0; i < number * width; i++) {
          out[i] = bytes.getFloat(i * Float.BYTES);
        }
      }
    };
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
