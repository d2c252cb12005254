package io.ddgan.train.run;

import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.weights.UnreadableException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** Training metrics, a row per logged step. Every row is written through at once. */
public final class MetricsCsv implements AutoCloseable {

  /** First column. */
  public static final String STEP_COLUMN = "step";

  /** Column of the training speed since the previous row. */
  public static final String SPEED = "examples-per-second";

  /** Column of the seconds of training so far, without evaluations. */
  public static final String SECONDS = "seconds";

  private static final Pattern STEP = Pattern.compile("\\d{1,18}");

  private final Path file;
  private final List<String> columns;
  private final CSVPrinter printer;

  private MetricsCsv(Path file, List<String> columns) throws IOException {
    this.file = file;
    this.columns = columns;
    BufferedWriter writer =
        Files.newBufferedWriter(file, StandardOpenOption.APPEND, StandardOpenOption.WRITE);
    this.printer = new CSVPrinter(writer, CsvTable.FORMAT);
  }

  /**
   * Opens the file, or creates it if there is none, to append rows after {@code done} steps. Drops
   * later rows and an incomplete last row. Keeps additional columns.
   *
   * @param columns names of the metrics, without the step, which is the first column
   */
  public static MetricsCsv resume(Path file, List<String> columns, long done) throws IOException {
    Content found = Content.of(file);
    Set<String> all = new LinkedHashSet<>(List.of(STEP_COLUMN));
    all.addAll(columns);
    all.addAll(found.header);
    List<List<String>> rows = new ArrayList<>();
    for (CSVRecord row : found.rows) {
      if (Long.parseLong(row.get(0)) <= done) {
        rows.add(all.stream().map(column -> cell(row, found.header.indexOf(column))).toList());
      }
    }
    new CsvTable(List.copyOf(all), rows).write(file);
    try {
      return new MetricsCsv(file, all.stream().skip(1).toList());
    } catch (IOException e) {
      throw FileErrors.writing(file, e);
    }
  }

  /** Returns the seconds of training in the last row; 0 if there is none. */
  public double seconds() throws IOException {
    SortedMap<Long, Double> all = read(file).getOrDefault(SECONDS, new TreeMap<>());
    return all.isEmpty() ? 0 : all.get(all.lastKey());
  }

  private static String cell(CSVRecord row, int index) {
    return index < 0 ? "" : row.get(index);
  }

  /**
   * Reads all values of a file.
   *
   * @return values by step, by column; none if there is no file
   */
  public static Map<String, SortedMap<Long, Double>> read(Path file) throws IOException {
    Map<String, SortedMap<Long, Double>> all = new LinkedHashMap<>();
    Content content = Content.of(file);
    for (CSVRecord row : content.rows) {
      for (int i = 1; i < row.size(); i++) {
        String cell = row.get(i);
        if (!cell.isEmpty()) {
          all.computeIfAbsent(content.header.get(i), name -> new TreeMap<>())
              .put(Long.valueOf(row.get(0)), number(cell, row, file));
        }
      }
    }
    return all;
  }

  private static double number(String cell, CSVRecord row, Path file) throws IOException {
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      throw new IOException(
          "%s: '%s' in the row of step %s is not a number; remove that row"
              .formatted(file, cell, row.get(0)),
          e);
    }
  }

  /** The content of a file without an incomplete last row. */
  private record Content(List<String> header, List<CSVRecord> rows) {

    static Content of(Path file) throws IOException {
      try (CSVParser parser = CSVParser.parse(whole(file), CsvTable.FORMAT)) {
        List<CSVRecord> rows = parser.getRecords();
        List<String> header = rows.isEmpty() ? List.of(STEP_COLUMN) : rows.remove(0).toList();
        if (!header.get(0).equals(STEP_COLUMN)) {
          throw new UnreadableException("its first column is not " + STEP_COLUMN);
        }
        for (CSVRecord row : rows) {
          if (row.size() != header.size() || !STEP.matcher(row.get(0)).matches()) {
            throw new UnreadableException(
                "line %d is not a row of its table".formatted(row.getRecordNumber()));
          }
        }
        return new Content(header, rows);
      } catch (UncheckedIOException | UnreadableException | CharacterCodingException e) {
        throw new IOException(
            "%s is not a metrics file (%s); rename it to show or resume the run without its metrics"
                .formatted(file, Optional.ofNullable(e.getCause()).orElse(e).getMessage()),
            e);
      } catch (FileSystemException e) {
        throw FileErrors.reading(file, e);
      }
    }

    /** Reads a file without an incomplete last row; empty if there is no file. */
    private static String whole(Path file) throws IOException {
      String text = Files.exists(file) ? Files.readString(file) : "";
      return text.substring(0, text.lastIndexOf('\n') + 1);
    }
  }

  /** Appends a row. */
  public void append(long done, Map<String, ? extends Number> values) throws IOException {
    List<Object> row = new ArrayList<>(List.of(done));
    for (String column : columns) {
      row.add(values.containsKey(column) ? values.get(column) : "");
    }
    try {
      printer.printRecord(row);
      printer.flush();
    } catch (IOException e) {
      throw FileErrors.writing(file, e);
    }
  }

  @Override
  public void close() throws IOException {
    printer.close();
  }
}
