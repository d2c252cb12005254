package io.ddgan.spark.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialStoreTest {

  @TempDir Path folder;
  private Path run;
  private Path kept;
  private Store store;

  @BeforeEach
  void train() throws IOException {
    run = folder.resolve("run");
    kept = folder.resolve("store/trial");
    store = new FolderStore(folder.resolve("store"));
    progress(20);
    write("checkpoints/00000020/generator.safetensors", "weights of 20");
    write("metrics.csv", "1,2\n");
    write(".lock", "");
  }

  @Test
  void aRunComesBackAsItWas() throws IOException {
    attempt().keep(run);
    assertEquals(Optional.of(20L), attempt().step());
    Path back = fetched();
    assertEquals(LocalFiles.in(run).size(), LocalFiles.in(back).size());
    for (Path file : LocalFiles.in(run)) {
      assertEquals(-1, Files.mismatch(file, back.resolve(run.relativize(file))));
    }
  }

  @Test
  void ofSeveralAttemptsTheFarthestCopyComesBack() throws IOException {
    progress(40);
    attempt().keep(run);
    progress(20);
    attempt().keep(run);
    assertEquals(40, TrialStore.step(fetched()));
  }

  @Test
  void ofEquallyFarCopiesTheLastComesBack() throws IOException {
    TrialStore attempt = attempt();
    attempt.keep(run);
    write("evaluation.csv", "fid");
    attempt.keep(run);
    assertTrue(Files.exists(fetched().resolve("evaluation.csv")));
    write("evaluation.csv", "fid again");
    attempt().keep(run);
    assertEquals("fid again", Files.readString(fetched().resolve("evaluation.csv")));
  }

  @Test
  void aManifestThatIsCutIsNoCopy() throws IOException {
    TrialStore attempt = attempt();
    attempt.keep(run);
    progress(40);
    attempt.keep(run);
    Path manifest = manifests().get(1);
    String text = Files.readString(manifest);
    for (int length = 0; length < text.length(); length++) {
      Files.writeString(manifest, text.substring(0, length));
      assertEquals(Optional.of(20L), attempt().step(), text.substring(0, length));
    }
  }

  @Test
  void aCopyOfWhichBytesAreLostOrOthersIsPassedOver() throws IOException {
    TrialStore attempt = attempt();
    attempt.keep(run);
    progress(40);
    write("checkpoints/00000040/generator.safetensors", "weights of 40");
    attempt.keep(run);
    Path weights = holding("weights of 40");
    Files.writeString(weights, "weights of 04");
    assertEquals(20, TrialStore.step(fetched()));
    Files.delete(weights);
    assertEquals(20, TrialStore.step(fetched()));
    Files.delete(holding("weights of 20"));
    assertFalse(attempt().fetch(folder.resolve("nothing")));
    assertFalse(Files.exists(folder.resolve("nothing")));
  }

  @Test
  void whatIsKeptIsNotWrittenAgain() throws IOException {
    TrialStore first = attempt();
    first.keep(run);
    int before = LocalFiles.in(kept).size();
    progress(40);
    first.keep(run);
    assertEquals(before + 2, LocalFiles.in(kept).size());
    TrialStore next = attempt();
    Path back = folder.resolve("back");
    next.fetch(back);
    next.keep(back);
    assertEquals(before + 3, LocalFiles.in(kept).size());
    assertEquals(40, TrialStore.step(fetched()));
  }

  @Test
  void aRunThatIsGoneIsAnError() {
    assertThrows(NoSuchFileException.class, () -> attempt().keep(folder.resolve("nowhere")));
  }

  @Test
  void noFileIsWrittenBesideTheRun() throws IOException {
    attempt().keep(run);
    Path manifest = manifests().get(0);
    Files.writeString(manifest, Files.readString(manifest).replace("metrics.csv", "..%2Fstray"));
    assertFalse(attempt().fetch(folder.resolve("back")));
    assertFalse(Files.exists(folder.resolve("stray")));
  }

  private TrialStore attempt() {
    return new TrialStore(store, "trial");
  }

  private Path fetched() throws IOException {
    Path back = folder.resolve("fetched");
    LocalFiles.delete(back);
    assertTrue(attempt().fetch(back));
    return back;
  }

  private List<Path> manifests() throws IOException {
    return LocalFiles.in(kept).stream()
        .filter(file -> file.toString().endsWith(".manifest"))
        .toList();
  }

  private Path holding(String text) throws IOException {
    for (Path file : LocalFiles.in(kept)) {
      if (Files.readString(file).equals(text)) {
        return file;
      }
    }
    throw new NoSuchFileException(text);
  }

  private void progress(long step) throws IOException {
    write("progress.json", "{ \"state\" : \"training\", \"step\" : %d }".formatted(step));
  }

  private void write(String name, String text) throws IOException {
    Path file = run.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
