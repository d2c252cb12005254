package io.ddgan.train.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.train.evaluation.EvaluationRecord.Comparison;
import io.ddgan.train.evaluation.EvaluationRecord.Machine;
import io.ddgan.train.evaluation.EvaluationRecord.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationFilesTest {

  @TempDir Path folder;

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
    assertEquals(20, results.get(2).getLong("checkpoint"));
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
  void whatIsNotFiniteIsTextInJson() throws IOException {
    new EvaluationFiles(folder).add(List.of(record(10, "fid", Double.NaN)));
    assertEquals("NaN", json().get(0).getString("value"));
  }

  @Test
  void aFileOfAnotherKindIsNamedAndLeftAlone() throws IOException {
    Path csv = folder.resolve("evaluation.csv");
    for (String other : List.of("a,b\n1,2\n", "", "checkpoint\n\"unclosed")) {
      Files.writeString(csv, other);
      String message =
          assertThrows(
                  IOException.class,
                  () -> new EvaluationFiles(folder).add(List.of(record(10, "fid", 1))))
              .getMessage();
      assertTrue(message.startsWith(csv + " is not a file of evaluations"), message);
      assertEquals(other, Files.readString(csv));
    }
  }

  private List<String> csvCells() throws IOException {
    return Files.readAllLines(folder.resolve("evaluation.csv")).stream()
        .skip(1)
        .map(line -> List.of(line.split(",", -1)))
        .map(cells -> cells.get(0) + "," + cells.get(3) + "," + cells.get(4))
        .toList();
  }

  private List<? extends Config> json() {
    return ConfigFactory.parseFile(folder.resolve("evaluation.json").toFile())
        .getConfigList("results");
  }

  private static EvaluationRecord record(long step, String name, double value) {
    return new EvaluationRecord(
        new Subject(Optional.of(step), "average", "type=chain", 0),
        new Result(new Measure(name, Better.LOWER), value, 100),
        new Comparison("a \"quoted\", name", "12ab", "data", "34cd"),
        new Machine("a processor", 2));
  }
}
