package io.ddgan.train.run;

import io.ddgan.internal.file.FileErrors;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * What was measured while training, a row for a step. Every row is in the file as soon as it is
 * appended.
 */
public final class MetricsCsv implements AutoCloseable {

  /** The first column. */
  public static final String STEPS_DONE = "steps-done";

  /** The column of how fast the steps since the row before were done. */
  public static final String SPEED = "examples-per-second";

  private static final String REMEDY =
      "rename it, and the run is shown, and goes on, without what was measured before";

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
   * Opens the file, or creates it if there is none, to go on after some steps. Rows of later steps
   * are dropped, as is a last row that was cut off. Columns that the file has besides are kept as
   * they are.
   *
   * @param columns names of what is measured, without the step, which is the first column
   * @param done number of steps done
   * @throws IOException if the file has a row that is not one of metrics
   */
  public static MetricsCsv resume(Path file, List<String> columns, long done) throws IOException {
    Content found = Content.of(file, done);
    List<String> all = new ArrayList<>(columns);
    found.columns.stream().filter(column -> !columns.contains(column)).forEach(all::add);
    List<List<String>> rows = new ArrayList<>();
    for (List<String> row : found.rows) {
      List<String> moved = new ArrayList<>(List.of(row.get(0)));
      all.forEach(column -> moved.add(cell(row, found.columns, column)));
      rows.add(moved);
    }
    return open(file, all, rows);
  }

  private static String cell(List<String> row, List<String> columns, String column) {
    int index = columns.indexOf(column);
    return index < 0 ? "" : row.get(index + 1);
  }

  /** The file without a last row that was cut off; nothing if there is no file. */
  private static String whole(Path file) throws IOException {
    try {
      String text = Files.exists(file) ? Files.readString(file) : "";
      return text.substring(0, text.lastIndexOf('\n') + 1);
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not text in UTF-8; " + REMEDY, e);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  /**
   * All numbers of a file.
   *
   * @return numbers by step, by column; none if there is no file
   * @throws IOException if it is not a file of metrics
   */
  public static Map<String, SortedMap<Long, Double>> read(Path file) throws IOException {
    Map<String, SortedMap<Long, Double>> all = new LinkedHashMap<>();
    Content content = Content.of(file, Long.MAX_VALUE);
    List<String> columns = content.columns;
    for (List<String> row : content.rows) {
      for (int i = 0; i < columns.size(); i++) {
        String cell = row.get(i + 1);
        if (!cell.isEmpty()) {
          all.computeIfAbsent(columns.get(i), name -> new TreeMap<>())
              .put(Long.valueOf(row.get(0)), number(cell, row.get(0), columns.get(i), file));
        }
      }
    }
    return all;
  }

  private static double number(String cell, String step, String column, Path file)
      throws IOException {
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      throw new IOException(
          "%s has no number, but '%s', in the column %s of step %s; remove that row"
              .formatted(file, cell, column, step),
          e);
    }
  }

  /**
   * What a file holds, but for a last row that was cut off.
   *
   * @param columns without the step, which is the first column
   */
  private record Content(List<String> columns, List<List<String>> rows) {

    /** All columns, and the rows up to a step. */
    static Content of(Path file, long last) throws IOException {
      List<List<String>> rows = new ArrayList<>();
      try (CSVParser parser = CSVParser.parse(whole(file), CsvTable.FORMAT)) {
        Iterator<CSVRecord> records = parser.iterator();
        List<String> header = records.hasNext() ? records.next().toList() : List.of(STEPS_DONE);
        if (!header.get(0).equals(STEPS_DONE)) {
          throw new IOException(
              "%s is not a file of metrics, whose first column is %s; %s"
                  .formatted(file, STEPS_DONE, REMEDY));
        }
        List<String> columns = header.subList(1, header.size());
        while (records.hasNext()) {
          CSVRecord row = records.next();
          if (step(row, columns, file) <= last) {
            rows.add(row.toList());
          }
        }
        return new Content(columns, rows);
      } catch (UncheckedIOException e) {
        throw new IOException(
            "%s is not a CSV file of metrics (%s); %s"
                .formatted(file, e.getCause().getMessage(), REMEDY),
            e);
      }
    }
  }

  private static MetricsCsv open(Path file, List<String> columns, List<List<String>> rows)
      throws IOException {
    List<String> copy = List.copyOf(columns);
    new CsvTable(header(copy), rows).write(file);
    try {
      return new MetricsCsv(file, copy);
    } catch (IOException e) {
      throw FileErrors.writing(file, e);
    }
  }

  private static long step(CSVRecord row, List<String> columns, Path file) throws IOException {
    try {
      if (row.size() == columns.size() + 1) {
        return Long.parseLong(row.get(0));
      }
    } catch (NumberFormatException e) {
      // reported below, as is a wrong number of values
    }
    throw new IOException(
        "%s, line %d is not a row of metrics; remove it and resume"
            .formatted(file, row.getRecordNumber()));
  }

  private static List<String> header(List<String> columns) {
    List<String> header = new ArrayList<>(List.of(STEPS_DONE));
    header.addAll(columns);
    return header;
  }

  /**
   * Appends a row.
   *
   * @param done number of steps done
   * @param values values by column; columns without one stay empty
   * @throws IOException if the row cannot be written
   */
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
