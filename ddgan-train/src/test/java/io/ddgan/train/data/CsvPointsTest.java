package io.ddgan.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.OpenDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvPointsTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("points.csv");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x,y,z\n",
        "\ufeff",
        "#1,2\n",
        "# 1,2,3\n#x\n",
        "\ufeffx,y,z\n",
        "x (cm),y 2,_z\n",
        "# made by hand\n\"first\",\"second\",\"third\"\n"
      })
  void readsOnePointPerLineAfterAnOptionalHeader(String begin) throws IOException {
    Files.writeString(file, begin + "1,-2.5,3e-2\n 0 , 4 ,\"5\"\n\n");
    try (OpenDataset examples = new CsvPoints(file).open()) {
      assertEquals(2, examples.size());
      assertEquals(DataShape.point(3), examples.shape());
      float[] points = new float[7];
      examples.read(0, points, 1);
      examples.read(1, points, 4);
      assertArrayEquals(new float[] {0, 1, -2.5f, 0.03f, 0, 4, 5}, points);
    }
  }

  @Test
  void namesALineThatIsNotAPoint() throws IOException {
    assertEquals(file + ":2: 1,two is not a point of finite numbers", error("1,2\n1,two\n"));
    assertEquals(file + ":3: NaN,1 is not a point of finite numbers", error("x,y\n1,2\nNaN,1\n"));
    assertEquals(file + ":1: 1d,2f is not a point of finite numbers", error("1d,2f\n1,2\n"));
    assertEquals(file + ":2: 0x1p3,2 is not a point of finite numbers", error("1,2\n0x1p3,2\n"));
    assertEquals(file + ":2: 3 numbers, but the points above have 2", error("1,2\n1,2,3\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN,1", "1e308,2", "x,1", "1,", "+Infinity,z"})
  void doesNotTreatAFirstLineWithANumberAsAHeader(String line) throws IOException {
    assertEquals(
        "%s:1: %s is not a point of finite numbers".formatted(file, line), error(line + "\n1,2\n"));
  }

  @Test
  void refusesAFileWithoutPoints() throws IOException {
    assertTrue(error("").startsWith(file + " has no points; "), error(""));
    assertTrue(error("x,y\n").startsWith(file + " has no points; "), error("x,y\n"));
  }

  @Test
  void refusesAMissingFile() {
    IOException e = assertThrows(IOException.class, () -> new CsvPoints(file).open());
    assertTrue(e.getMessage().startsWith("cannot read " + file + ": "), e.getMessage());
  }

  private String error(String text) throws IOException {
    Files.writeString(file, text);
    return assertThrows(IOException.class, () -> new CsvPoints(file).open()).getMessage();
  }
}
