package io.ddgan.train.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.ddgan.contract.DamagedFiles;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {

  @TempDir Path root;
  private Path folder;
  private CheckpointStore store;

  @BeforeEach
  void createStore() {
    folder = root.resolve("checkpoints");
    store = new CheckpointStore(folder, 3);
  }

  @Test
  void loadsWhatWasSaved() throws IOException {
    store.save(checkpoint(12));
    assertEquals(checkpoint(12), store.load(12));
    assertEquals(
        List.of("discriminator.safetensors", "generator.safetensors", "state.json"),
        names(folder.resolve("00000012")));
  }

  @Test
  void keepsTheLatestCheckpoints() throws IOException {
    for (long step : List.of(0, 5, 10, 15, 99_999_999, 100_000_000)) {
      store.save(checkpoint(step));
    }
    assertEquals(List.of(15L, 99_999_999L, 100_000_000L), store.steps());
    assertEquals(OptionalLong.of(100_000_000), store.latest());
    assertEquals(checkpoint(100_000_000), store.load(100_000_000));
  }

  @Test
  void doesNotSaveAnIntactStepAgain() throws IOException {
    Path state = store.save(checkpoint(1)).resolve("state.json");
    Object before = Files.getLastModifiedTime(state);
    store.save(checkpoint(1));
    assertEquals(before, Files.getLastModifiedTime(state));
  }

  @Test
  void replacesADamagedCheckpoint() throws IOException {
    Path saved = store.save(checkpoint(1));
    Files.delete(saved.resolve("state.json"));
    store.save(checkpoint(1));
    assertEquals(checkpoint(1), store.load(1));
  }

  @Test
  void removesWhatAKilledProcessLeft() throws IOException {
    store.save(checkpoint(1));
    Path left = Files.createDirectories(folder.resolve(".unfinished-00000002"));
    Files.writeString(left.resolve("generator.safetensors"), "half");
    assertEquals(OptionalLong.of(1), store.latest());
    store.tidy();
    assertEquals(List.of("00000001"), names(folder));
  }

  @Test
  void leavesRenamedFoldersAlone() throws IOException {
    Files.move(store.save(checkpoint(1)), folder.resolve("00000001.damaged"));
    store.save(checkpoint(2));
    assertEquals(List.of("00000001.damaged", "00000002"), names(folder));
  }

  @Test
  void detectsEveryTruncation() throws IOException {
    Path saved = store.save(checkpoint(1));
    for (String name : names(saved)) {
      byte[] whole = Files.readAllBytes(saved.resolve(name));
      int last = name.equals("state.json") ? whole.length - 1 : whole.length; // a line break
      for (int length = 0; length < last; length++) {
        Files.write(saved.resolve(name), Arrays.copyOf(whole, length));
        assertDamaged(saved.resolve(name));
      }
      Files.write(saved.resolve(name), whole);
    }
  }

  @Test
  void detectsEveryHarmfulBitFlip() throws IOException {
    Path saved = store.save(checkpoint(1));
    for (String name : names(saved)) {
      byte[] whole = Files.readAllBytes(saved.resolve(name));
      for (int bit = 0; bit < 8 * whole.length; bit++) {
        byte[] damaged = whole.clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        DamagedFiles.replace(saved.resolve(name), damaged);
        if (name.equals("state.json")) {
          assertUnusableOrWhole();
        } else {
          assertDamaged(saved.resolve(name));
        }
      }
      Files.write(saved.resolve(name), whole);
    }
  }

  @Test
  void detectsAMissingFile() throws IOException {
    Path saved = store.save(checkpoint(1));
    Files.delete(saved.resolve("generator.safetensors"));
    assertDamaged(saved.resolve("generator.safetensors"));
    Files.delete(saved.resolve("state.json"));
    assertDamaged(saved.resolve("state.json"));
  }

  @Test
  void namesTheLatestIntactCheckpointBeforeADamagedOne() throws IOException {
    for (long step : List.of(1, 2, 3)) {
      store.save(checkpoint(step));
    }
    for (long step : List.of(2, 3)) {
      Files.writeString(store.path(step).resolve("generator.safetensors"), "damaged");
    }
    IOException e = assertThrows(IOException.class, () -> store.load(3));
    String file = store.path(3).resolve("generator.safetensors") + " is damaged: ";
    assertTrue(e.getMessage().startsWith(file), e.getMessage());
    assertTrue(e.getMessage().contains("from step 1,"), e.getMessage());
    assertTrue(e.getMessage().endsWith(store.path(3).toString()), e.getMessage());
  }

  @Test
  void loadsSomePartsEvenIfOthersAreDamaged() throws IOException {
    Path saved = store.save(checkpoint(1));
    Files.writeString(saved.resolve("generator.safetensors"), "damaged");
    Set<String> others = new TreeSet<>(checkpoint(1).parts().keySet());
    assertTrue(others.remove("generator") && !others.isEmpty());
    assertEquals(checkpoint(1).only(others), store.load(1, all -> others));
    IOException e =
        assertThrows(IOException.class, () -> store.load(1, all -> Set.of("generator")));
    assertTrue(e.getMessage().startsWith(saved.resolve("generator.safetensors") + " is damaged: "));
    assertThrows(IllegalArgumentException.class, () -> store.load(1, all -> Set.of("else")));
  }

  @Test
  void detectsAFolderOfAnotherStep() throws IOException {
    Files.move(store.save(checkpoint(1)), store.path(2));
    IOException e = assertThrows(IOException.class, () -> store.load(2));
    assertTrue(e.getMessage().contains("checkpoint of step 2"));
  }

  @Test
  void listsExistingCheckpointsIfOneIsAbsent() throws IOException {
    store.save(checkpoint(1));
    IOException e = assertThrows(IOException.class, () -> store.load(2));
    assertEquals(folder + " has no checkpoint of step 2, only of [1]", e.getMessage());
  }

  @Test
  void keepsCheckpointsIfTheFolderIsNotWritable() throws IOException {
    store.save(checkpoint(1));
    folder.toFile().setWritable(false);
    assumeFalse(Files.isWritable(folder), "the administrator may write everywhere");
    IOException e = assertThrows(IOException.class, () -> store.save(checkpoint(2)));
    folder.toFile().setWritable(true);
    assertTrue(e.getMessage().startsWith("cannot write " + store.path(2) + ": permission"));
    assertEquals(checkpoint(1), store.load(1));
  }

  private void assertDamaged(Path file) {
    IOException e = assertThrows(IOException.class, () -> store.load(1));
    assertTrue(e.getMessage().startsWith(file + " is damaged: "), e.getMessage());
    assertTrue(
        e.getMessage().endsWith("remove " + store.path(1) + " and start the run again"),
        e.getMessage());
  }

  private void assertUnusableOrWhole() {
    try {
      assertEquals(checkpoint(1), store.load(1));
    } catch (IOException e) {
      assertTrue(e.getMessage().startsWith(store.path(1).toString()), e.getMessage());
      assertFalse(e.getMessage().contains("null"), e.getMessage());
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private static Checkpoint checkpoint(long step) {
    return new Checkpoint(
        step,
        Map.of(
            "generator",
            new Safetensors(Map.of("w", Tensor.of(List.of(2L, 2L), (float) step, 1, 2, 3))),
            "discriminator",
            new Safetensors(Map.of("a.b", Tensor.of(List.of(1L), (float) -step)))));
  }
}
