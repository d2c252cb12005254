package io.ddgan.eval.records;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.contract.DamagedFiles;
import io.ddgan.eval.records.EvaluationRecord.Comparison;
import io.ddgan.eval.records.EvaluationRecord.Machine;
import io.ddgan.eval.records.EvaluationRecord.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationFilesTest {

  private static final Machine HERE = new Machine("a processor", 2);
  private static final Comparison COMPARISON =
      new Comparison("a \"quoted\", name", "12ab", "data", "34cd");

  private static final int DAMAGES = 400;

  @TempDir Path folder;

  @Test
  void whoMayNotWriteTheFolderCannotAdd(@TempDir Path others) {
    assertTrue(new EvaluationFiles(others).canAdd());
    others.toFile().setWritable(false);
    assumeFalse(Files.isWritable(others), "the administrator may write everywhere");
    boolean canAdd = new EvaluationFiles(others).canAdd();
    others.toFile().setWritable(true);
    assertFalse(canAdd);
  }

  @Test
  void keepsBothFilesInStepAndEveryDigit() throws IOException {
    EvaluationFiles files = new EvaluationFiles(folder);
    files.add(List.of(record(10, "fid", 0.1 + 0.2), record(10, "kid", -1e-17)));
    files.add(List.of(record(20, "fid", 5)));
    assertEquals(
        List.of("10,fid,0.30000000000000004", "10,kid,-1.0E-17", "20,fid,5.0"), csvCells());
    List<? extends Config> results = json();
    assertEquals(3, results.size());
    assertEquals(0.1 + 0.2, results.get(0).getDouble("value"));
    assertEquals(-1e-17, results.get(1).getDouble("value"));
    assertEquals("20", results.get(2).getString("checkpoint"), "whole numbers are written as such");
    assertEquals("a \"quoted\", name", results.get(2).getString("features"));
  }

  @Test
  void aNumberThatIsMeasuredAgainReplacesTheOldOne() throws IOException {
    EvaluationFiles files = new EvaluationFiles(folder);
    files.add(List.of(record(10, "fid", 1), record(10, "kid", 2)));
    files.add(List.of(record(10, "fid", 3)));
    assertEquals(List.of("10,kid,2.0", "10,fid,3.0"), csvCells());
  }

  @Test
  void aFileOfAnotherKindIsNamedAndLeftAlone() throws IOException {
    Path json = folder.resolve("evaluation.json");
    for (String other : List.of("a,b\n1,2\n", "", "{}", "{\"results\": [1]}")) {
      Files.writeString(json, other);
      String message =
          assertThrows(
                  IOException.class,
                  () -> new EvaluationFiles(folder).add(List.of(record(10, "fid", 1))))
              .getMessage();
      assertTrue(message.contains(json.toString()), message);
      assertEquals(other, Files.readString(json));
    }
  }

  @Test
  void aValueThatWasChangedIsNoticed() throws IOException {
    EvaluationFiles files = new EvaluationFiles(folder);
    files.add(List.of(record(10, "fid", 56.8)));
    Path json = folder.resolve("evaluation.json");
    Path csv = folder.resolve("evaluation.csv");
    Files.writeString(csv, Files.readString(csv).replace("56.8", "16.8"));
    assertEquals(56.8, files.read().get(0).value(), "the table is not read");
    Files.writeString(json, Files.readString(json).replace("56.8", "16.8"));
    assertThrows(IOException.class, files::read);
    assertThrows(IOException.class, () -> files.add(List.of(record(10, "fid", 2))));
  }

  @Test
  void damagedFilesAreRefusedOrRead() throws IOException {
    EvaluationFiles files = new EvaluationFiles(folder);
    files.add(List.of(record(10, "fid", 1.5)));
    DamagedFiles.check(folder.resolve("evaluation.json"), DAMAGES, files::read);
  }

  @Test
  void aNumberOfTheMachineBelongsToItsMachineAndToTheBatch() throws IOException {
    EvaluationFiles files = new EvaluationFiles(folder);
    Machine faster = new Machine("a processor", 8);
    files.add(List.of(record("type=timing", Optional.of(64), 0, HERE, 1)));
    files.add(List.of(record("type=timing", Optional.of(64), 0, faster, 2)));
    files.add(List.of(record("type=timing", Optional.of(8), 0, faster, 3)));
    files.add(List.of(record("type=kid", Optional.of(8), 100, HERE, 4)));
    files.add(List.of(record("type=kid", Optional.of(8), 100, faster, 5)));
    assertEquals(List.of("10,kid,1.0", "10,kid,2.0", "10,kid,3.0", "10,kid,5.0"), csvCells());
  }

  @Test
  void findsWhatWasMeasuredInTheSameWay() throws IOException {
    EvaluationFiles files = new EvaluationFiles(folder);
    EvaluationRecord measured = record("type=kid", Optional.of(8), 100, HERE, 1.5);
    files.add(List.of(measured));
    EvaluationRecord alike = record("type=kid", Optional.of(8), 100, HERE, 0);
    EvaluationRecord ofMore = record("type=kid", Optional.of(8), 200, HERE, 0);
    assertEquals(List.of(measured), files.find(List.of(ofMore, alike)));
    assertEquals(List.of(), files.find(List.of(ofMore)));
  }

  @Test
  void severalThatAddAtTheSameTimeLoseNothing() throws IOException {
    int count = 24;
    IntStream.range(0, count)
        .parallel()
        .mapToObj(i -> record(i, "fid", i))
        .forEach(each -> assertDoesNotThrow(() -> new EvaluationFiles(folder).add(List.of(each))));
    assertEquals(count, csvCells().size());
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws IOException {
    EvaluationFiles files = new EvaluationFiles(folder);
    List<EvaluationRecord> all =
        List.of(
            record(10, "fid", 0.1 + 0.2),
            record("type=timing", Optional.empty(), 0, HERE, Double.POSITIVE_INFINITY));
    files.add(all);
    assertEquals(all, files.read());
  }

  @Test
  void aFileOfAnEarlierVersionIsReadAndGoesOn() throws IOException {
    EvaluationFiles files = new EvaluationFiles(folder);
    files.add(List.of(record(10, "fid", 1)));
    Path json = folder.resolve("evaluation.json");
    String earlier =
        Files.readString(json)
            .replaceFirst(" *\"better\" : \"lower\",\n", "")
            .replaceFirst(",\n *\"sha256\" : \"\\w+\"", "");
    Files.writeString(json, earlier);
    assertEquals(Better.NEITHER, files.read().get(0).measure().better());
    files.add(List.of(record(20, "fid", 2)));
    assertEquals(List.of("10,fid,1.0", "20,fid,2.0"), csvCells());
  }

  private List<String> csvCells() throws IOException {
    return Files.readAllLines(folder.resolve("evaluation.csv")).stream()
        .skip(1)
        .map(line -> List.of(line.split(",", -1)))
        .map(cells -> cells.get(0) + "," + cells.get(4) + "," + cells.get(6))
        .toList();
  }

  private List<? extends Config> json() {
    return ConfigFactory.parseFile(folder.resolve("evaluation.json").toFile())
        .getConfigList("results");
  }

  private static EvaluationRecord record(long step, String name, double value) {
    return new EvaluationRecord(
        new Subject(Optional.of(step), "ema", "type=chain", Optional.of(64), 0),
        "type=" + name,
        new Measure(name, Better.LOWER),
        value,
        100,
        COMPARISON,
        HERE);
  }

  /** Of one checkpoint and one measure. */
  private static EvaluationRecord record(
      String settings, Optional<Integer> batch, int samples, Machine machine, double value) {
    return new EvaluationRecord(
        new Subject(Optional.of(10L), "ema", "type=chain", batch, 0),
        settings,
        new Measure("kid", Better.LOWER),
        value,
        samples,
        COMPARISON,
        machine);
  }
}
