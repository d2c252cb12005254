package io.ddgan.app.sweep;

import io.ddgan.internal.file.FileErrors;
import io.ddgan.train.run.CsvTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Brings the tables of a sweep that is over up to date with what was measured of its trials since.
 * The sweep's file and the experiments that it names need not be there any more.
 */
public final class ResultsUpdate {

  private ResultsUpdate() {}

  /**
   * Writes {@code results.csv} and {@code summary.csv}.
   *
   * @param values number by name of the measure, by the trial's name
   * @throws IOException if one of them cannot be read or written; the message names it
   */
  public static void write(SweepFolder sweep, Map<String, Map<String, Double>> values)
      throws IOException {
    List<CSVRecord> results =
        read(sweep.results(), List.of(Results.TRIAL, Results.SEED, Results.SECONDS));
    List<String> header = results.get(0).getParser().getHeaderNames();
    int first = header.indexOf(Results.SEED) + 1;
    int last = header.indexOf(Results.SECONDS);
    Set<String> measures = new LinkedHashSet<>(header.subList(first, last));
    values.values().forEach(numbers -> measures.addAll(numbers.keySet()));
    List<List<String>> rows = new ArrayList<>();
    for (CSVRecord row : results) {
      Map<String, Double> numbers = values.getOrDefault(row.get(Results.TRIAL), Map.of());
      List<String> cells = new ArrayList<>(row.toList().subList(0, first));
      measures.forEach(name -> cells.add(numbers.containsKey(name) ? "" + numbers.get(name) : ""));
      cells.addAll(row.toList().subList(last, row.size()));
      rows.add(cells);
    }
    List<String> names = new ArrayList<>(header.subList(0, first));
    names.addAll(measures);
    names.addAll(header.subList(last, header.size()));
    new CsvTable(names, rows).write(sweep.results());
    summarise(sweep, results, List.copyOf(measures), values);
  }

  private static void summarise(
      SweepFolder sweep,
      List<CSVRecord> results,
      List<String> measures,
      Map<String, Map<String, Double>> values)
      throws IOException {
    List<CSVRecord> summary =
        read(sweep.summary(), List.of(Summary.CONFIGURATION, Summary.TRIALS, Summary.DONE));
    List<String> header = summary.get(0).getParser().getHeaderNames();
    int end = header.indexOf(Summary.DONE) + 1;
    List<String> distinctions =
        header.subList(header.indexOf(Summary.CONFIGURATION) + 1, header.indexOf(Summary.TRIALS));
    if (!results.get(0).getParser().getHeaderNames().containsAll(distinctions)) {
      throw notOfASweep(sweep.summary(), new IllegalArgumentException("other columns"));
    }
    List<List<Object>> rows = new ArrayList<>();
    for (CSVRecord row : summary) {
      List<CSVRecord> trials =
          results.stream()
              .filter(
                  trial ->
                      distinctions.stream().allMatch(key -> trial.get(key).equals(row.get(key))))
              .toList();
      List<Object> cells = new ArrayList<>(row.toList().subList(0, end));
      for (String measure : measures) {
        cells.addAll(
            Summary.cells(
                trials.stream()
                    .flatMap(
                        trial ->
                            values
                                .getOrDefault(trial.get(Results.TRIAL), Map.of())
                                .entrySet()
                                .stream()
                                .filter(number -> number.getKey().equals(measure))
                                .map(Map.Entry::getValue))
                    .toList()));
      }
      rows.add(cells);
    }
    List<String> names = new ArrayList<>(header.subList(0, end));
    measures.forEach(measure -> names.addAll(Summary.columns(measure)));
    new CsvTable(names, rows).write(sweep.summary());
  }

  /**
   * Reads a table.
   *
   * @param columns names that its header has in this order, perhaps with others between them
   */
  private static List<CSVRecord> read(Path file, List<String> columns) throws IOException {
    try (CSVParser parser = CSVParser.parse(Files.readString(file), CsvTable.WITH_HEADER)) {
      List<CSVRecord> rows = parser.getRecords();
      List<String> header = new ArrayList<>(parser.getHeaderNames());
      header.retainAll(columns);
      if (rows.isEmpty()
          || !header.equals(columns)
          || !rows.stream().allMatch(CSVRecord::isConsistent)) {
        throw notOfASweep(file, new IllegalArgumentException("other columns or rows"));
      }
      return rows;
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw notOfASweep(file, e);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  private static IOException notOfASweep(Path file, RuntimeException e) {
    return new IOException(file + SweepFolder.NOT_OF_A_SWEEP, e);
  }
}
