package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.Examples;
import io.ddgan.config.Key;
import io.ddgan.internal.file.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.io.input.BOMInputStream;

/**
 * Points in a CSV file, one a line, taken as they are. A first line of words, none of which begins
 * like a number, is taken for the names of the columns; lines that begin with {@code #} are
 * comments.
 *
 * @param file the CSV file
 */
public record Points(@Key("the CSV file, one point a line; # begins a comment") Path file)
    implements Dataset {

  /** What was meant to be a number, even if it is none. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\.?\\d.*|nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

  @Override
  public Examples open() throws IOException {
    PointsReader reader = new PointsReader();
    DataFile values;
    try {
      values = DataFile.temporary(file.toString(), reader::copy);
    } catch (UncheckedIOException e) {
      throw FileErrors.reading(file, e.getCause());
    }
    if (reader.count == 0) {
      values.close();
      throw new IOException(file + " has no points; it needs one a line, such as 0.5,-1.2");
    }
    return new Rows(values, DataShape.point(reader.columns), reader.count);
  }

  private final class PointsReader {

    private int columns;
    private int count;

    void copy(OutputStream out) throws IOException {
      try (InputStream in =
              BOMInputStream.builder().setInputStream(Files.newInputStream(file)).get();
          CSVParser parser = CSVParser.parse(in, StandardCharsets.UTF_8, format())) {
        for (CSVRecord line : parser) {
          boolean isFirst = line.getRecordNumber() == 1;
          if (isFirst && line.stream().noneMatch(cell -> NUMBER.matcher(cell).matches())) {
            continue; // the names of the columns
          }
          float[] point =
              point(line)
                  .orElseThrow(
                      () ->
                          new IOException(
                              "%s:%d: %s is %s"
                                  .formatted(
                                      file,
                                      parser.getCurrentLineNumber(),
                                      String.join(",", line),
                                      isFirst
                                          ? "neither a point of finite numbers nor a line of names of columns"
                                          : "not a point of finite numbers")));
          append(point, parser.getCurrentLineNumber(), out);
        }
      } catch (FileSystemException e) {
        throw FileErrors.reading(file, e);
      }
    }

    private void append(float[] point, long line, OutputStream out) throws IOException {
      if (count > 0 && point.length != columns) {
        throw new IOException(
            "%s:%d: %d numbers, but the points before have %d"
                .formatted(file, line, point.length, columns));
      }
      columns = point.length;
      count = Math.addExact(count, 1);
      out.write(Floats.bytes(point));
    }

    private static CSVFormat format() {
      return CSVFormat.DEFAULT
          .builder()
          .setCommentMarker('#')
          .setIgnoreSurroundingSpaces(true)
          .get();
    }

    private static Optional<float[]> point(CSVRecord line) {
      float[] point = new float[line.size()];
      for (int i = 0; i < point.length; i++) {
        try {
          point[i] = Float.parseFloat(line.get(i));
        } catch (NumberFormatException e) {
          return Optional.empty();
        }
        if (!Float.isFinite(point[i])) {
          return Optional.empty();
        }
      }
      return Optional.of(point);
    }
  }

  private record Rows(DataFile values, DataShape shape, int size) implements Examples {

    @Override
    public void read(int index, float[] out, int offset) throws IOException {
      byte[] bytes = new byte[shape.size() * Float.BYTES];
      values.read((long) index * bytes.length, bytes);
      Floats.read(bytes, out, offset);
    }

    @Override
    public void close() throws IOException {
      values.close();
    }
  }
}
