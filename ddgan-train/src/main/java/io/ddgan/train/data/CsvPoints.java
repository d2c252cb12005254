package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.OpenDataset;
import io.ddgan.config.Key;
import io.ddgan.internal.file.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.io.input.BOMInputStream;

/**
 * Points in a CSV file, one per line, kept in memory unscaled. A first line without numbers is a
 * header; lines that begin with {@code #} are comments.
 */
public record CsvPoints(@Key("the CSV file, one point per line; # begins a comment") Path file)
    implements Dataset {

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setCommentMarker('#').setIgnoreSurroundingSpaces(true).get();

  @Override
  public OpenDataset open() throws IOException {
    List<float[]> points = new ArrayList<>();
    int columns = 0;
    try (InputStream in =
            BOMInputStream.builder().setInputStream(Files.newInputStream(file)).get();
        CSVParser parser = CSVParser.parse(in, StandardCharsets.UTF_8, FORMAT)) {
      for (CSVRecord line : parser) {
        if (line.getRecordNumber() > 1
            || line.stream().anyMatch(cell -> number(cell).isPresent())) {
          String place = "%s:%d: ".formatted(file, parser.getCurrentLineNumber());
          points.add(point(line, place));
          if (columns > 0 && line.size() != columns) {
            throw new IOException(
                "%s%d numbers, but the points above have %d"
                    .formatted(place, line.size(), columns));
          }
          columns = line.size();
        }
      }
    } catch (UncheckedIOException e) {
      throw FileErrors.reading(file, e.getCause());
    } catch (FileSystemException e) {
      throw FileErrors.reading(file, e);
    }
    if (columns == 0) {
      throw new IOException(file + " has no points; write one per line, such as 0.5,-1.2");
    }
    FloatBuffer values = FloatBuffer.allocate(Math.multiplyExact(points.size(), columns));
    points.forEach(values::put);
    return new InMemoryExamples(DataShape.point(columns), values.array(), Optional.empty());
  }

  private static float[] point(CSVRecord line, String place) throws IOException {
    float[] point = new float[line.size()];
    for (int i = 0; i < point.length; i++) {
      String cell = line.get(i);
      point[i] =
          number(cell)
              .filter(Float::isFinite)
              .filter(number -> cell.matches("[-+.\\deE]+")) // not 0x1p3 or 1d, as in Java
              .orElseThrow(
                  () ->
                      new IOException(
                          "%s%s is not a point of finite numbers"
                              .formatted(place, String.join(",", line))));
    }
    return point;
  }

  private static Optional<Float> number(String cell) {
    try {
      return Optional.of(Float.valueOf(cell));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
