package io.ddgan.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskVectorsTest {

  @TempDir Path folder;

  @Test
  void givesBackWhatWasAddedInAnyBlocksAndLeavesNothing() throws IOException {
    try (DiskVectors rows = fiveRows()) {
      assertEquals(5, rows.count());
      assertArrayEquals(new double[] {2, 2.5, 3, 3.5, 4, 4.5}, read(rows, 2, 3));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void whatWasKeptIsLoadedAndAddedTo() throws IOException {
    Path file = folder.resolve("kept.f32");
    try (DiskVectors rows = fiveRows();
        DiskVectors more = new DiskVectors(folder, 2)) {
      rows.keep(file);
      assertTrue(more.load(file));
      more.append(1, new float[] {5, 5.5f});
      assertArrayEquals(new double[] {4, 4.5, 5, 5.5}, read(more, 4, 2));
    }
  }

  @Test
  void filesThatAreCutOffChangedOrOfAnotherKindAreNotLoaded() throws IOException {
    Path file = folder.resolve("kept.f32");
    try (DiskVectors rows = fiveRows();
        DiskVectors wider = new DiskVectors(folder, 3)) {
      rows.keep(file);
      assertFalse(wider.load(file));
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < whole.length; i++) {
        Files.write(file, Arrays.copyOf(whole, i));
        assertNothingLoaded(file);
        byte[] changed = whole.clone();
        changed[i] ^= 1;
        Files.write(file, changed);
        assertNothingLoaded(file);
      }
    }
  }

  private void assertNothingLoaded(Path file) throws IOException {
    try (DiskVectors rows = new DiskVectors(folder, 2)) {
      assertFalse(rows.load(file));
      assertEquals(0, rows.count());
    }
  }

  /** Row i is i and i + 0.5. */
  private DiskVectors fiveRows() throws IOException {
    DiskVectors rows = new DiskVectors(folder, 2);
    rows.append(2, new float[] {0, 0.5f, 1, 1.5f});
    rows.append(3, new float[] {2, 2.5f, 3, 3.5f, 4, 4.5f, 99});
    return rows;
  }

  private static double[] read(DiskVectors rows, int first, int count) throws IOException {
    double[] out = new double[count * 2];
    rows.vectors().read(first, count, out);
    return out;
  }
}
