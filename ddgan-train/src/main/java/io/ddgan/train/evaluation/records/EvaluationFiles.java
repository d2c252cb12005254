package io.ddgan.train.evaluation.records;

import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.Json;
import io.ddgan.internal.file.LockFile;
import io.ddgan.train.run.CsvTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * All that was ever measured of a run, as {@code evaluation.csv} and as {@code evaluation.json}. A
 * number that is measured again takes the place of the old one.
 */
public final class EvaluationFiles {

  private final Path lock;
  private final Path csv;
  private final Path json;

  /** The files in a folder. */
  public EvaluationFiles(Path folder) {
    this.lock = folder.resolve(".evaluation.lock");
    this.csv = folder.resolve("evaluation.csv");
    this.json = folder.resolve("evaluation.json");
  }

  /** Whether this user may add measurements, now or later; others may read them. */
  public boolean canAdd() {
    return Files.isWritable(csv.toAbsolutePath().getParent())
        && (!Files.exists(lock) || Files.isWritable(lock));
  }

  /**
   * Checks that measurements can be added to what is there.
   *
   * @throws IOException if a file cannot be read, or is one of another kind; the message names it
   */
  public void check() throws IOException {
    read();
  }

  /**
   * All measurements, from the oldest to the newest.
   *
   * @return nothing if there is no file
   * @throws IOException if a file cannot be read, or is one of another kind; the message names it
   */
  public List<EvaluationRecord> read() throws IOException {
    if (!Files.exists(csv)) {
      return List.of();
    }
    String text;
    try {
      text = Files.readString(csv);
    } catch (IOException e) {
      throw FileErrors.reading(csv, e);
    }
    try {
      return records(text);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new IOException(
          "%s is not a file of evaluations with the columns %s; rename it and evaluate again"
              .formatted(csv, EvaluationRecord.COLUMNS),
          e);
    }
  }

  /**
   * Looks for a measurement.
   *
   * @param alike the measurement with any value
   * @return it, as it is in the files
   * @throws IOException if a file cannot be read; the message names it
   */
  public Optional<EvaluationRecord> find(EvaluationRecord alike) throws IOException {
    return read().stream().filter(each -> each.identity().equals(alike.identity())).findFirst();
  }

  /**
   * Adds what was measured. Other processes may add to the same files.
   *
   * @throws IOException if a file cannot be read or written; the message names it
   */
  public void add(List<EvaluationRecord> records) throws IOException {
    LockFile mine = LockFile.await(lock, () -> false);
    try (mine) {
      addAlone(records);
    }
  }

  private void addAlone(List<EvaluationRecord> records) throws IOException {
    Map<Map<String, String>, EvaluationRecord> all = new LinkedHashMap<>();
    read().forEach(each -> all.put(each.identity(), each));
    for (EvaluationRecord each : records) {
      all.remove(each.identity());
      all.put(each.identity(), each);
    }
    List<EvaluationRecord> newest = List.copyOf(all.values());
    AtomicFile.write(json, json(newest));
    // Last, as nothing that is in this file is measured again, and the other one is a copy.
    new CsvTable(
            EvaluationRecord.COLUMNS, newest.stream().map(each -> each.cells().values()).toList())
        .write(csv);
  }

  private static List<EvaluationRecord> records(String text) throws IOException {
    List<EvaluationRecord> records = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(text, CsvTable.WITH_HEADER)) {
      require(parser.getHeaderNames().equals(EvaluationRecord.COLUMNS));
      for (CSVRecord row : parser) {
        require(row.isConsistent());
        records.add(EvaluationRecord.of(row.toMap()));
      }
    }
    return records;
  }

  private static void require(boolean condition) throws IOException {
    if (!condition) {
      throw new IOException("other columns");
    }
  }

  /** Measurements as a JSON object, for other programs. */
  public static String json(List<EvaluationRecord> records) {
    List<Map<String, Object>> results = new ArrayList<>();
    for (EvaluationRecord each : records) {
      Map<String, Object> result = new LinkedHashMap<>();
      each.cells()
          .forEach(
              (column, text) -> {
                if (!text.isEmpty()) {
                  result.put(column, value(column, text));
                }
              });
      results.add(result);
    }
    return Json.pretty(Map.of("results", results));
  }

  /** JSON has no numbers that are not finite. */
  private static Object value(String column, String text) {
    boolean isNumber =
        EvaluationRecord.NUMBERS.contains(column) && Double.isFinite(Double.parseDouble(text));
    if (!isNumber) {
      return text;
    }
    if (column.equals(EvaluationRecord.VALUE)) {
      return new BigDecimal(text).doubleValue();
    }
    return Long.valueOf(text); // not in one expression, which would make a double of it
  }
}
