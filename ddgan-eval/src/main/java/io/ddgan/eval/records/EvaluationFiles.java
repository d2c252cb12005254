package io.ddgan.eval.records;

import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.Json;
import io.ddgan.internal.file.LockFile;
import io.ddgan.internal.file.Sha256;
import io.ddgan.train.run.CsvTable;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All evaluations of a run. They are read from {@code evaluation.json}, which has a checksum, and
 * also written to {@code evaluation.csv}, for other programs. A value that is measured again
 * replaces the old one.
 */
public final class EvaluationFiles {

  private static final String RESULTS = "results";
  private static final String HASH = "sha256";

  private final Path lock;
  private final Path csv;
  private final Path json;

  /** Refers to the files in a folder, which need not exist. */
  public EvaluationFiles(Path folder) {
    this.lock = folder.resolve(".evaluation.lock");
    this.csv = folder.resolve("evaluation.csv");
    this.json = folder.resolve("evaluation.json");
  }

  /** Returns whether this user can write the files, now or later. */
  public boolean canAdd() {
    return Files.isWritable(json.toAbsolutePath().getParent())
        && (!Files.exists(lock) || Files.isWritable(lock));
  }

  /**
   * Returns all records, from the oldest to the newest.
   *
   * @return an empty list if there is no file
   * @throws IOException if the file cannot be read, is damaged or is of another kind; the message
   *     names it
   */
  public List<EvaluationRecord> read() throws IOException {
    if (!Files.exists(json)) {
      return List.of();
    }
    try {
      return records(Json.parse(Files.readString(json)));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new IOException(
          "%s is damaged, or not a file of evaluations; rename it and evaluate again"
              .formatted(json),
          e);
    } catch (IOException e) {
      throw FileErrors.reading(json, e);
    }
  }

  private static List<EvaluationRecord> records(Map<String, Object> file) {
    if (!(file.get(RESULTS) instanceof List<?> results)) {
      throw new IllegalArgumentException("missing list of results");
    }
    List<EvaluationRecord> records = new ArrayList<>();
    for (Object each : results) {
      if (!(each instanceof Map<?, ?> result)) {
        throw new IllegalArgumentException("not a result: " + each);
      }
      records.add(EvaluationRecord.of(result));
    }
    Object hash = file.get(HASH); // files of earlier versions have none
    if (hash != null && !hash.equals(hash(records))) {
      throw new IllegalArgumentException("wrong checksum");
    }
    return records;
  }

  /**
   * Returns the records in the file that equal these except for their values.
   *
   * @throws IOException if the file cannot be read; the message names it
   */
  public List<EvaluationRecord> find(List<EvaluationRecord> alike) throws IOException {
    Set<Map<String, Object>> sought =
        alike.stream().map(EvaluationRecord::identity).collect(Collectors.toSet());
    return read().stream().filter(each -> sought.contains(each.identity())).toList();
  }

  /**
   * Adds records. Safe for concurrent processes.
   *
   * @throws IOException if a file cannot be read or written; the message names it
   */
  public void add(List<EvaluationRecord> records) throws IOException {
    LockFile mine = LockFile.await(lock, () -> false);
    try (mine) {
      Map<Map<String, Object>, EvaluationRecord> all = new LinkedHashMap<>();
      read().forEach(each -> all.put(each.identity(), each));
      for (EvaluationRecord each : records) {
        all.remove(each.identity());
        all.put(each.identity(), each);
      }
      List<EvaluationRecord> newest = List.copyOf(all.values());
      // The CSV first: a result in the JSON file is not measured again.
      if (!newest.isEmpty()) {
        List<String> columns = List.copyOf(newest.get(0).cells().keySet());
        new CsvTable(columns, newest.stream().map(each -> each.cells().values()).toList())
            .write(csv);
      }
      Map<String, Object> content = new LinkedHashMap<>(results(newest));
      content.put(HASH, hash(newest));
      AtomicFile.write(json, Json.pretty(content));
    }
  }

  private static String hash(List<EvaluationRecord> records) {
    return Sha256.of(Json.compact(results(records)));
  }

  /** Returns records as a JSON object, for other programs. */
  public static String json(List<EvaluationRecord> records) {
    return Json.pretty(results(records));
  }

  private static Map<String, Object> results(List<EvaluationRecord> records) {
    return Map.of(RESULTS, records.stream().map(EvaluationRecord::facts).toList());
  }
}
