package io.ddgan.train.evaluation;

import io.ddgan.api.Metric.Need;
import io.ddgan.api.Vectors;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.LockedFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Rows of numbers in a folder, to which rows are added at the end. An example has a row; values,
 * features and probabilities, as far as metrics need them, are its columns, in a file each. A
 * process that is killed loses the rows of its last second; what it had half written is
 * overwritten.
 */
final class RowStore implements AutoCloseable {

  private static final String ROWS = "rows";
  private static final long SECOND = 1_000_000_000L;
  private static final int ROWS_AT_ONCE = 1024;

  private final Path folder;
  private final Map<Need, Integer> widths;
  private final LockedFolder lock;
  private final Map<Need, FileChannel> files = new EnumMap<>(Need.class);
  private int rows;
  private long committed = System.nanoTime();

  private RowStore(Path folder, Map<Need, Integer> widths, LockedFolder lock) {
    this.folder = folder;
    this.widths = new EnumMap<>(widths);
    this.lock = lock;
  }

  /**
   * Opens a folder, which is made if there is none. If another process has it open, waits until it
   * is closed, or removed.
   *
   * @param widths numbers in a row of each column
   * @param goOn whether rows that are there stay
   * @throws IOException if the folder cannot be read or written; the message names it
   */
  static RowStore open(Path folder, Map<Need, Integer> widths, boolean goOn) throws IOException {
    try {
      RowStore store = new RowStore(folder, widths, LockedFolder.await(folder));
      try {
        store.open(goOn);
        return store;
      } catch (IOException | RuntimeException e) {
        store.close();
        throw e;
      }
    } catch (IOException e) {
      throw FileErrors.writing(folder, e);
    }
  }

  private void open(boolean goOn) throws IOException {
    for (Need column : widths.keySet()) {
      files.put(
          column,
          FileChannel.open(
              folder.resolve(column.name().toLowerCase(Locale.ROOT) + ".f32"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE));
    }
    if (goOn) {
      rows = Math.min(rowsNoted(), rowsWritten());
    } else {
      commit();
    }
  }

  private int rowsNoted() throws IOException {
    Path file = folder.resolve(ROWS);
    try {
      return Files.exists(file) ? Math.max(0, Integer.parseInt(Files.readString(file).strip())) : 0;
    } catch (NumberFormatException | CharacterCodingException e) {
      return 0; // they are made again
    }
  }

  private int rowsWritten() throws IOException {
    long written = Integer.MAX_VALUE;
    for (Need column : widths.keySet()) {
      written = Math.min(written, files.get(column).size() / rowBytes(column));
    }
    return (int) written;
  }

  private long rowBytes(Need column) {
    return (long) Float.BYTES * widths.get(column);
  }

  /** Number of rows. */
  int rows() {
    return rows;
  }

  /**
   * Adds rows.
   *
   * @param count how many
   * @param values {@code [count, width]} at least for each column
   */
  void append(int count, Map<Need, float[]> values) throws IOException {
    try {
      for (Map.Entry<Need, FileChannel> file : files.entrySet()) {
        int numbers = count * widths.get(file.getKey());
        ByteBuffer bytes = littleEndian(numbers);
        bytes.asFloatBuffer().put(values.get(file.getKey()), 0, numbers);
        long position = rows * rowBytes(file.getKey());
        while (bytes.hasRemaining()) {
          position += file.getValue().write(bytes, position);
        }
      }
      rows += count;
      if (System.nanoTime() - committed > SECOND) {
        commit();
      }
    } catch (IOException e) {
      throw FileErrors.writing(folder, e);
    }
  }

  /**
   * Adds rows of another store of the same columns.
   *
   * @param count how many, from its first
   * @param other its folder
   * @throws IOException if it has not as many
   */
  void append(int count, Path other) throws IOException {
    try (RowStore part = open(other, widths, true)) {
      if (part.rows < count) {
        throw new IOException("%s has %,d rows, not %,d".formatted(other, part.rows, count));
      }
      for (int done = 0; done < count; done += ROWS_AT_ONCE) {
        int now = Math.min(ROWS_AT_ONCE, count - done);
        Map<Need, float[]> values = new EnumMap<>(Need.class);
        for (Need column : widths.keySet()) {
          values.put(column, part.read(column, done, now));
        }
        append(now, values);
      }
    }
  }

  private float[] read(Need column, int first, int number) throws IOException {
    float[] values = new float[number * widths.get(column)];
    readBytes(column, first, number).asFloatBuffer().get(values);
    return values;
  }

  private ByteBuffer readBytes(Need column, int first, int number) throws IOException {
    ByteBuffer bytes = littleEndian(number * widths.get(column));
    long position = first * rowBytes(column);
    while (bytes.hasRemaining()) {
      int read = files.get(column).read(bytes, position + bytes.position());
      if (read < 0) {
        throw new IOException(folder + " was cut off while it was in use; evaluate again");
      }
    }
    return bytes.flip();
  }

  /** Makes sure that the rows outlive the process. */
  void commit() throws IOException {
    for (FileChannel file : files.values()) {
      file.force(false);
    }
    AtomicFile.write(folder.resolve(ROWS), rows + "\n");
    committed = System.nanoTime();
  }

  /** Ends the adding of rows and lets other processes in; rows can still be read. */
  void finish() throws IOException {
    try {
      commit();
      lock.close();
    } catch (IOException e) {
      throw FileErrors.writing(folder, e);
    }
  }

  /** The rows of a column, which can be read until the store is closed. */
  Vectors vectors(Need column) {
    int count = rows;
    int size = widths.get(column);
    return new Vectors() {

      @Override
      public int count() {
        return count;
      }

      @Override
      public int size() {
        return size;
      }

      @Override
      public void read(int first, int number, double[] out) throws IOException {
        Objects.checkFromIndexSize(first, number, count);
        ByteBuffer bytes = readBytes(column, first, number);
        for (int i = 0; i < number * size; i++) {
          out[i] = bytes.getFloat(i * Float.BYTES);
        }
      }
    };
  }

  private static ByteBuffer littleEndian(int numbers) {
    return ByteBuffer.allocate(Math.multiplyExact(numbers, Float.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    for (FileChannel file : files.values()) {
      file.close();
    }
    lock.close();
  }
}
