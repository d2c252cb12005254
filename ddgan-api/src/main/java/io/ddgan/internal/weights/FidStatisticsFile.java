package io.ddgan.internal.weights;

import io.ddgan.api.Moments;
import io.ddgan.api.RefusedException;
import io.ddgan.internal.file.FileContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes feature statistics in the {@code .npz} format of <a
 * href="https://github.com/mseitzer/pytorch-fid">pytorch-fid</a>: the mean {@code mu}, {@code [n]},
 * and the covariance {@code sigma}, {@code [n, n]}, in float64.
 */
public final class FidStatisticsFile {

  private static final String MEAN = "mu";
  private static final String COVARIANCE = "sigma";
  private static final int BUFFER = 1 << 13;

  private FidStatisticsFile() {}

  /** Returns whether an {@code .npz} file holds feature statistics. */
  public static boolean isOne(Path file) throws IOException {
    return ZipArchive.read(
        file,
        archive -> archive.has(MEAN + Npz.EXTENSION) && archive.has(COVARIANCE + Npz.EXTENSION));
  }

  /** Reads statistics of any real type; ignores other arrays in the file. */
  public static Moments read(Path file) throws IOException {
    return ZipArchive.read(file, FidStatisticsFile::read);
  }

  private static Moments read(ZipArchive archive) throws IOException {
    double[] mean = array(archive, MEAN, 1);
    double[] covariance = array(archive, COVARIANCE, 2);
    try {
      return Moments.of(mean, covariance);
    } catch (RefusedException e) {
      throw new UnreadableException("holds invalid feature statistics: " + e.getMessage(), e);
    }
  }

  /** Accepts both memory orders, because a covariance is symmetric. */
  private static double[] array(ZipArchive archive, String name, int dimensions)
      throws IOException {
    return Npz.read(
        archive,
        name,
        (header, in) -> {
          List<Long> shape = header.shape();
          if (shape.size() != dimensions
              || !shape.equals(Collections.nCopies(dimensions, shape.get(0)))) {
            throw new UnreadableException(
                "holds no feature statistics: its array %s has the shape %s, not %s"
                    .formatted(name, shape, dimensions == 1 ? "[n]" : "[n, n]"));
          }
          int length = Strides.length(Strides.dense(shape, false).elements());
          return header.elements(name).readDoubles(in, length);
        });
  }

  /** Creates or replaces a file atomically, in float64. Equal statistics give equal bytes. */
  public static void write(Path file, Moments moments) throws IOException {
    long size = moments.size();
    Map<String, FileContent> entries = new LinkedHashMap<>();
    entries.put(MEAN + Npz.EXTENSION, content(List.of(size), moments.mean()));
    entries.put(COVARIANCE + Npz.EXTENSION, content(List.of(size, size), moments.covariance()));
    ZipArchive.write(file, entries);
  }

  static FileContent content(List<Long> shape, double... values) {
    return Npz.content(
        "<f8",
        shape,
        out -> {
          ByteBuffer bytes =
              ByteBuffer.allocate(BUFFER * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          for (int from = 0; from < values.length; from += BUFFER) {
            int count = Math.min(BUFFER, values.length - from);
            bytes.asDoubleBuffer().put(values, from, count);
            out.write(bytes.array(), 0, count * Double.BYTES);
          }
        });
  }
}
