package io.ddgan.train.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Metric.Need;
import io.ddgan.contract.crash.FolderHistory;
import io.ddgan.internal.file.LockedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowStoreTest {

  private static final Map<Need, Integer> WIDTHS = Map.of(Need.FEATURES, 2, Need.PROBABILITIES, 3);

  @TempDir Path folder;

  @Test
  void givesBackWhatWasAddedInAnyBlocks() throws IOException {
    try (RowStore store = RowStore.open(folder, WIDTHS, false)) {
      store.append(2, rows(0, 2));
      store.append(3, rows(2, 3));
      assertEquals(5, store.rows());
      assertArrayEquals(new double[] {2, 2.5, 3, 3.5, 4, 4.5}, read(store, Need.FEATURES, 2, 3));
      assertArrayEquals(new double[] {1, 1.5, 2}, read(store, Need.PROBABILITIES, 1, 1));
    }
  }

  @Test
  void whatSomebodyElseHasOpenIsNotRemoved(@TempDir Path others) throws IOException {
    Path shared = others.resolve("shared");
    RowStore first = RowStore.open(shared, WIDTHS, true);
    first.append(2, rows(0, 2));
    first.finish();
    try (first;
        RowStore second = RowStore.open(shared, WIDTHS, true)) {
      LockedFolder.deleteUnlessLocked(shared);
      assertEquals(2, second.rows());
      second.append(1, rows(2, 1));
      second.finish();
    }
    LockedFolder.deleteUnlessLocked(shared);
    assertFalse(Files.exists(shared));
    LockedFolder.deleteUnlessLocked(shared);
  }

  @Test
  void whoeverWaitsForAStoreThatIsRemovedHasAnEmptyOne(@TempDir Path others) throws Exception {
    Path shared = others.resolve("shared");
    RowStore first = RowStore.open(shared, WIDTHS, true);
    first.append(2, rows(0, 2));
    CompletableFuture<RowStore> second =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return RowStore.open(shared, WIDTHS, true);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    PathUtils.deleteDirectory(shared);
    first.close();
    try (RowStore store = second.get(60, TimeUnit.SECONDS)) {
      assertEquals(0, store.rows());
      store.append(1, rows(2, 1));
      store.finish();
      assertTrue(Files.exists(shared.resolve("rows")));
    }
  }

  @Test
  void rowsThatAKilledProcessHadNotMadeSureOfAreAddedAgain() throws IOException {
    RowStore killed = RowStore.open(folder, WIDTHS, false);
    killed.append(4, rows(0, 4));
    killed.commit();
    killed.append(4, rows(90, 4));
    killed.close();
    try (RowStore store = RowStore.open(folder, WIDTHS, true)) {
      assertEquals(4, store.rows());
      store.append(1, rows(4, 1));
      assertArrayEquals(new double[] {3, 3.5, 4, 4.5}, read(store, Need.FEATURES, 3, 2));
    }
  }

  @Test
  void whereverAProcessIsKilledItsRowsAreWholeAndTheOthersAreAdded(@TempDir Path others)
      throws Exception {
    FolderHistory moments = new FolderHistory(folder);
    try (RowStore store = RowStore.open(moments.watched(), WIDTHS, false)) {
      store.append(3, rows(0, 3));
      store.commit();
      store.append(2, rows(3, 2));
      store.finish();
    }
    Map<String, byte[]> whole = FolderHistory.content(folder);
    int number =
        moments.check(
            others,
            killed -> {
              try (RowStore store = RowStore.open(killed, WIDTHS, true)) {
                assertTrue(store.rows() == 0 || store.rows() == 3 || store.rows() == 5);
                int left = 5 - store.rows();
                store.append(left, rows(store.rows(), left));
                store.finish();
              }
              assertEquals(whole.keySet(), FolderHistory.content(killed).keySet());
              for (String name : List.of("features.f32", "probabilities.f32", "rows")) {
                assertArrayEquals(whole.get(name), FolderHistory.content(killed).get(name), name);
              }
            });
    assertTrue(number > 20, "all that was watched: " + number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "4294967295", "many", "\u00e9"})
  void aNumberOfRowsThatMakesNoSenseIsNone(String rows) throws IOException {
    RowStore written = RowStore.open(folder, WIDTHS, false);
    written.append(4, rows(0, 4));
    written.finish();
    written.close();
    Files.writeString(folder.resolve("rows"), rows, StandardCharsets.ISO_8859_1);
    try (RowStore store = RowStore.open(folder, WIDTHS, true)) {
      assertEquals(0, store.rows());
    }
  }

  @Test
  void aFileThatWasCutOffGivesItsWholeRowsOnly() throws IOException {
    RowStore written = RowStore.open(folder, WIDTHS, false);
    written.append(4, rows(0, 4));
    written.finish();
    written.close();
    try (FileChannel file =
        FileChannel.open(folder.resolve("features.f32"), StandardOpenOption.WRITE)) {
      file.truncate(2 * 2 * Float.BYTES + 3);
    }
    try (RowStore store = RowStore.open(folder, WIDTHS, true)) {
      assertEquals(2, store.rows());
    }
  }

  @Test
  void beginsAnewUnlessToldToGoOn() throws IOException {
    RowStore written = RowStore.open(folder, WIDTHS, false);
    written.append(4, rows(0, 4));
    written.finish();
    written.close();
    try (RowStore store = RowStore.open(folder, WIDTHS, false)) {
      assertEquals(0, store.rows());
    }
    try (RowStore store = RowStore.open(folder, WIDTHS, true)) {
      assertEquals(0, store.rows());
    }
  }

  @Test
  void aNoteThatMakesNoSenseCountsAsNone() throws IOException {
    RowStore written = RowStore.open(folder, WIDTHS, false);
    written.append(4, rows(0, 4));
    written.finish();
    written.close();
    for (String nonsense : List.of("", "-1", "many")) {
      Files.writeString(folder.resolve("rows"), nonsense);
      try (RowStore store = RowStore.open(folder, WIDTHS, true)) {
        assertEquals(0, store.rows());
      }
    }
  }

  @Test
  void leavesNothingWhenItIsDeleted() throws IOException {
    Path inner = folder.resolve("inner");
    RowStore.open(inner, WIDTHS, false).close();
    LockedFolder.deleteUnlessLocked(inner);
    assertFalse(Files.exists(inner));
  }

  /** Row i has the features i and i + 0.5, and so on. */
  private static Map<Need, float[]> rows(int first, int count) {
    return Map.of(
        Need.FEATURES, values(first, count, 2), Need.PROBABILITIES, values(first, count, 3));
  }

  private static float[] values(int first, int count, int width) {
    float[] values = new float[count * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = first + i / width + i % width * 0.5f;
    }
    return values;
  }

  private static double[] read(RowStore store, Need column, int first, int count)
      throws IOException {
    double[] out = new double[count * WIDTHS.get(column)];
    store.vectors(column).read(first, count, out);
    return out;
  }
}
