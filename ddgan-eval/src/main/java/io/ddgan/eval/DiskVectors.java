package io.ddgan.eval;

import io.ddgan.api.Metric.Need;
import io.ddgan.api.OpenFeatureExtractor;
import io.ddgan.api.Vectors;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.Sha256;
import io.ddgan.train.data.Pixels;
import io.ddgan.train.sampling.EvaluatedExamples;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Vectors of float32 numbers in a temporary file, for sets larger than memory. The file disappears
 * on close or when the process ends. The vectors can be saved to a file that ends with their
 * checksum.
 */
final class DiskVectors implements AutoCloseable {

  private static final int HASH = 32;
  private static final int ROWS_AT_ONCE = 1024;

  /** Minimum number of examples that are converted at a time. */
  private static final int AT_LEAST = 64;

  private final Path folder;
  private final FileChannel file;
  private final int width;
  private int count;

  /**
   * Creates an empty set.
   *
   * @param folder folder of the temporary file
   * @param width numbers in a row
   */
  DiskVectors(Path folder, int width) throws IOException {
    this.folder = folder;
    this.width = width;
    try {
      Files.createDirectories(folder);
      Path name = Files.createTempFile(folder, "rows", ".part");
      this.file = FileChannel.open(name, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.delete(name); // the open channel keeps the content until it is closed
    } catch (IOException e) {
      throw FileErrors.writing(folder, e);
    }
  }

  /** Loads the rows of a file. Returns false, without rows, if it is damaged. */
  boolean load(Path kept) throws IOException {
    MessageDigest digest = Sha256.digest();
    long left = Files.size(kept) - HASH;
    boolean isWhole = left >= 0 && left % bytes(1) == 0;
    try (InputStream in = Files.newInputStream(kept)) {
      while (isWhole && left > 0) {
        byte[] block = in.readNBytes((int) Math.min(left, bytes(ROWS_AT_ONCE)));
        digest.update(block);
        append(ByteBuffer.wrap(block));
        left -= block.length;
        isWhole = block.length > 0;
      }
      isWhole = isWhole && Arrays.equals(in.readNBytes(HASH), digest.digest());
    }
    count = isWhole ? count : 0;
    return isWhole;
  }

  /** Saves the rows to a file, atomically. */
  void keep(Path kept) throws IOException {
    AtomicFile.write(
        kept,
        out -> {
          MessageDigest digest = Sha256.digest();
          for (int first = 0; first < count; first += ROWS_AT_ONCE) {
            byte[] block = read(first, Math.min(ROWS_AT_ONCE, count - first)).array();
            digest.update(block);
            out.write(block);
          }
          out.write(digest.digest());
        });
  }

  /** Returns the number of rows. */
  int count() {
    return count;
  }

  /**
   * Adds rows.
   *
   * @param values at least {@code [rows, width]}
   */
  void append(int rows, float[] values) throws IOException {
    ByteBuffer block = littleEndian(rows);
    block.asFloatBuffer().put(values, 0, rows * width);
    append(block);
  }

  private void append(ByteBuffer block) throws IOException {
    try {
      int rows = (int) (block.remaining() / bytes(1));
      long position = bytes(count);
      while (block.hasRemaining()) {
        position += file.write(block, position);
      }
      count += rows;
    } catch (IOException e) {
      throw FileErrors.writing(folder, e);
    }
  }

  private ByteBuffer read(int first, int rows) throws IOException {
    ByteBuffer block = littleEndian(rows);
    while (block.hasRemaining()) {
      if (file.read(block, bytes(first) + block.position()) < 0) {
        throw new EOFException("rows in " + folder + " are truncated; evaluate again");
      }
    }
    return block.flip();
  }

  private long bytes(int rows) {
    return (long) rows * width * Float.BYTES;
  }

  private ByteBuffer littleEndian(int rows) {
    return ByteBuffer.allocate(Math.toIntExact(bytes(rows))).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns the current rows, which are readable until this is closed. */
  Vectors vectors() {
    return Vectors.of(
        count,
        width,
        (first, number, out) -> {
          ByteBuffer block = read(first, number);
          for (int i = 0; i < number * width; i++) {
            out[i] = block.getFloat(i * Float.BYTES);
          }
        });
  }

  /**
   * Appends rows of values, features and probabilities, some examples at a time, until there are
   * enough.
   *
   * @param columns destination of each kind of numbers, all with the same number of rows
   * @param features required for the columns of features and probabilities
   * @param until number of rows that are enough
   * @param total total that progress is reported against
   * @param what what the progress line counts
   * @return false if the work was stopped before that
   */
  static boolean fill(
      Map<Need, DiskVectors> columns,
      EvaluatedExamples examples,
      Optional<OpenFeatureExtractor> features,
      int until,
      int total,
      String what,
      Evaluator.Context context)
      throws IOException {
    int size = examples.shape().size();
    int step = (AT_LEAST + examples.batch() - 1) / examples.batch() * examples.batch();
    Map<Need, float[]> rows = new EnumMap<>(Need.class);
    rows.put(Need.VALUES, array(step, size));
    rows.put(Need.FEATURES, array(step, features.map(OpenFeatureExtractor::dimension).orElse(0)));
    rows.put(
        Need.PROBABILITIES, array(step, features.map(OpenFeatureExtractor::classes).orElse(0)));
    float[] values = rows.get(Need.VALUES);
    int done = columns.values().iterator().next().count();
    while (done < until) {
      if (context.stop().getAsBoolean()) {
        return false;
      }
      int before = done;
      int now = Math.min(step, until - before);
      context.listener().onProgress(what, before, total);
      examples.read(
          before,
          now,
          values,
          share -> context.listener().onProgress(what, before + (int) (share * now), total));
      if (examples.shape().isImage()) {
        Pixels.round(values, now * size);
      }
      features.ifPresent(function -> extract(function, size, now, rows));
      for (Map.Entry<Need, DiskVectors> column : columns.entrySet()) {
        column.getValue().append(now, rows.get(column.getKey()));
      }
      done += now;
      context.listener().onProgress(what, done, total);
    }
    return true;
  }

  private static float[] array(int count, int each) {
    return new float[Math.multiplyExact(count, each)];
  }

  private static void extract(
      OpenFeatureExtractor function, int size, int count, Map<Need, float[]> rows) {
    int width = function.dimension();
    int classes = function.classes();
    float[] in = array(function.maxBatch(), size);
    float[] vectors = array(function.maxBatch(), width);
    float[] probabilities = array(function.maxBatch(), classes);
    for (int first = 0; first < count; first += function.maxBatch()) {
      int now = Math.min(function.maxBatch(), count - first);
      System.arraycopy(rows.get(Need.VALUES), first * size, in, 0, now * size);
      function.extract(in, now, vectors, probabilities);
      System.arraycopy(vectors, 0, rows.get(Need.FEATURES), first * width, now * width);
      System.arraycopy(
          probabilities, 0, rows.get(Need.PROBABILITIES), first * classes, now * classes);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
