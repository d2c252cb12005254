package io.ddgan.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsCsvTest {

  private static final List<String> COLUMNS = List.of("loss", "penalty");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeThreeRows() throws IOException {
    file = folder.resolve("metrics.csv");
    try (MetricsCsv metrics = MetricsCsv.resume(file, COLUMNS, 0)) {
      metrics.append(0, Map.of("penalty", 0.5, "loss", 1.25f));
      metrics.append(5, Map.of("loss", 1));
      metrics.append(10, Map.of("loss", Double.NaN));
    }
  }

  @Test
  void writesAStepAndItsValuesPerRow() throws IOException {
    assertEquals("step,loss,penalty\n0,1.25,0.5\n5,1,\n10,NaN,\n", Files.readString(file));
  }

  @Test
  void writesRowsImmediately() throws IOException {
    try (MetricsCsv metrics = MetricsCsv.resume(file, COLUMNS, 0)) {
      metrics.append(1, Map.of("loss", 2));
      assertEquals("step,loss,penalty\n0,1.25,0.5\n1,2,\n", Files.readString(file));
    }
  }

  @Test
  void resumingDropsLaterRowsAndAppends() throws IOException {
    MetricsCsv.resume(file, COLUMNS, 5).close();
    assertEquals("step,loss,penalty\n0,1.25,0.5\n5,1,\n", Files.readString(file));
  }

  @Test
  void dropsAnIncompleteLastRow() throws IOException {
    String whole = Files.readString(file);
    for (int length = 0; length <= whole.length(); length++) {
      Files.writeString(file, whole.substring(0, length));
      resume(11);
      int rows = Math.max(1, (int) whole.substring(0, length).lines().count());
      if (length < whole.length() && length > 0 && whole.charAt(length - 1) != '\n') {
        rows = Math.max(1, rows - 1);
      }
      List<String> lines = Files.readAllLines(file);
      assertEquals(whole.lines().limit(rows).toList(), lines.subList(0, lines.size() - 1));
      assertEquals("11,7,", lines.get(lines.size() - 1));
    }
  }

  @Test
  void resumingWithoutAFileCreatesOne() throws IOException {
    Files.delete(file);
    resume(5);
    assertEquals("step,loss,penalty\n5,7,\n", Files.readString(file));
  }

  @Test
  void resumingKeepsAdditionalColumnsOfTheFile() throws IOException {
    try (MetricsCsv metrics = MetricsCsv.resume(file, List.of("norm", "loss"), 9)) {
      metrics.append(10, Map.of("loss", 7, "norm", 2));
    }
    assertEquals("step,norm,loss,penalty\n0,,1.25,0.5\n5,,1,\n10,2,7,\n", Files.readString(file));
  }

  @Test
  void resumingReordersColumns() throws IOException {
    MetricsCsv.resume(file, List.of("penalty", "loss"), 9).close();
    assertEquals("step,penalty,loss\n0,0.5,1.25\n5,,1\n", Files.readString(file));
  }

  @Test
  void secondsContinueFromTheLastRowThatIsKept() throws IOException {
    Files.writeString(file, "step,seconds\n2,0.5\n4,1.25\n6,3\n");
    try (MetricsCsv metrics = MetricsCsv.resume(file, COLUMNS, 5)) {
      assertEquals(1.25, metrics.seconds());
    }
    try (MetricsCsv metrics = MetricsCsv.resume(file, COLUMNS, 1)) {
      assertEquals(0, metrics.seconds());
    }
  }

  @Test
  void refusesAndNamesOtherFiles() throws IOException {
    for (String row : List.of("x,1,2", "7,1", "7,1,2,3", "\0", "1,\"2,3")) {
      Files.writeString(file, "step,loss,penalty\n1,2,3\n" + row + "\n");
      assertIsRefused();
    }
    Files.write(file, new byte[] {'a', (byte) 0xff, '\n'});
    assertIsRefused();
  }

  private void assertIsRefused() {
    IOException e = assertThrows(IOException.class, () -> MetricsCsv.resume(file, COLUMNS, 100));
    assertTrue(e.getMessage().startsWith(file + " is not a metrics file"), e.getMessage());
  }

  private void resume(long step) throws IOException {
    try (MetricsCsv metrics = MetricsCsv.resume(file, COLUMNS, step)) {
      metrics.append(step, Map.of("loss", 7));
    }
  }
}
