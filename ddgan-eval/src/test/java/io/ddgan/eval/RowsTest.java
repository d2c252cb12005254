package io.ddgan.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsTest {

  @TempDir Path folder;

  @Test
  void givesBackWhatWasAddedInAnyBlocksAndLeavesNothing() throws IOException {
    try (Rows rows = fiveRows()) {
      assertEquals(5, rows.count());
      assertArrayEquals(new double[] {2, 2.5, 3, 3.5, 4, 4.5}, read(rows, 2, 3));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void whatWasWrittenIsOpenedAgainAndCanBeAddedToOthers() throws IOException {
    Path file = folder.resolve("kept.f32");
    try (Rows rows = fiveRows()) {
      rows.write(file);
    }
    try (Rows kept = Rows.open(file, 2).orElseThrow();
        Rows more = Rows.temporary(folder, 2)) {
      more.append(kept);
      more.append(1, new float[] {5, 5.5f});
      assertArrayEquals(new double[] {4, 4.5, 5, 5.5}, read(more, 4, 2));
    }
  }

  @Test
  void filesThatAreCutOffChangedOrOfAnotherKindAreNotOpened() throws IOException {
    Path file = folder.resolve("kept.f32");
    try (Rows rows = fiveRows()) {
      rows.write(file);
    }
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertEquals(Optional.empty(), Rows.open(file, 2), length + " bytes");
    }
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= 1;
      Files.write(file, changed);
      assertEquals(Optional.empty(), Rows.open(file, 2), "byte " + i);
    }
    Files.write(file, whole);
    assertEquals(Optional.empty(), Rows.open(file, 3), "another width");
  }

  /** Row i is i and i + 0.5. */
  private Rows fiveRows() throws IOException {
    Rows rows = Rows.temporary(folder, 2);
    rows.append(2, new float[] {0, 0.5f, 1, 1.5f});
    rows.append(3, new float[] {2, 2.5f, 3, 3.5f, 4, 4.5f, 99});
    return rows;
  }

  private static double[] read(Rows rows, int first, int count) throws IOException {
    double[] out = new double[count * 2];
    rows.vectors().read(first, count, out);
    return out;
  }
}
