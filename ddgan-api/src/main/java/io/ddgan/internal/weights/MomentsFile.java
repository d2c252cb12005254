package io.ddgan.internal.weights;

import io.ddgan.api.Moments;
import io.ddgan.internal.file.FileContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The statistics of features in the {@code .npz} files of <a
 * href="https://github.com/mseitzer/pytorch-fid">pytorch-fid</a>: the mean {@code mu}, {@code [n]},
 * and the covariance {@code sigma}, {@code [n, n]}, in float64.
 */
public final class MomentsFile {

  private static final String MEAN = "mu";
  private static final String COVARIANCE = "sigma";

  private MomentsFile() {}

  /**
   * Whether an {@code .npz} file is one of statistics.
   *
   * @throws IOException if it cannot be read or is damaged; the message names it and says why
   */
  public static boolean isOne(Path file) throws IOException {
    return ZipArchive.read(
        file,
        archive -> archive.has(MEAN + Npz.EXTENSION) && archive.has(COVARIANCE + Npz.EXTENSION));
  }

  /**
   * Reads statistics of any real type; other arrays in the file are left alone.
   *
   * @throws IOException if the file cannot be read or is damaged, or does not hold finite
   *     statistics with a symmetric covariance; the message names it and says why
   */
  public static Moments read(Path file) throws IOException {
    return ZipArchive.read(file, MomentsFile::read);
  }

  private static Moments read(ZipArchive archive) throws IOException {
    DoubleArray mean = array(archive, MEAN);
    DoubleArray covariance = array(archive, COVARIANCE);
    long size = mean.values().length;
    if (size == 0
        || !mean.shape().equals(List.of(size))
        || !covariance.shape().equals(List.of(size, size))) {
      throw new UnreadableException(
          "holds no statistics of features: %s and %s have the shapes %s and %s, not [n] and [n, n]"
              .formatted(MEAN, COVARIANCE, mean.shape(), covariance.shape()));
    }
    try {
      return Moments.of(mean.values(), covariance.values());
    } catch (IllegalArgumentException e) {
      throw new UnreadableException("holds no statistics of features: " + e.getMessage(), e);
    }
  }

  static DoubleArray array(ZipArchive archive, String name) throws IOException {
    if (!archive.has(name + Npz.EXTENSION)) {
      throw new UnreadableException("holds no statistics of features: it has no array " + name);
    }
    DoubleArray array =
        Npz.read(
            archive,
            name,
            (header, in) -> {
              Strides strides = Strides.dense(header.shape(), header.columns());
              int length = Strides.length(strides.elements());
              double[] values = header.elements(name).readDoubles(in, length);
              return new DoubleArray(strides.shape(), strides.of(values));
            });
    if (!array.isFinite()) {
      throw new UnreadableException(
          "has values in its array %s that are not finite".formatted(name));
    }
    return array;
  }

  /**
   * Creates or replaces a file, atomically, in float64; the same statistics always give the same
   * bytes.
   *
   * @throws IOException if it cannot be written; the message names it
   */
  public static void write(Path file, Moments moments) throws IOException {
    long size = moments.size();
    Map<String, FileContent> entries = new LinkedHashMap<>();
    put(entries, MEAN, new DoubleArray(List.of(size), moments.mean()));
    put(entries, COVARIANCE, new DoubleArray(List.of(size, size), moments.covariance()));
    StoredZip.write(file, entries);
  }

  private static void put(Map<String, FileContent> entries, String name, DoubleArray array) {
    entries.put(name + Npz.EXTENSION, Npz.content("<f8", array.shape(), array::writeTo));
  }
}
