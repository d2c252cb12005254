package io.ddgan.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {

  @TempDir Path folder;

  @Test
  void replacesAFileAndIsReadByColumnNames() throws IOException {
    Path file = Files.writeString(folder.resolve("table.csv"), "old");
    new CsvTable(List.of("a", "b"), List.of(List.of(1, "x, \"y\""), List.of(0.5, ""))).write(file);
    String text = Files.readString(file);
    assertEquals("a,b\n1,\"x, \"\"y\"\"\"\n0.5,\n", text);
    try (CSVParser rows = CSVParser.parse(text, CsvTable.WITH_HEADER)) {
      assertEquals(List.of("x, \"y\"", ""), rows.stream().map(row -> row.get("b")).toList());
    }
  }
}
