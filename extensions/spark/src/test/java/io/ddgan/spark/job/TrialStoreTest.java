package io.ddgan.spark.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialStoreTest {

  @TempDir Path folder;
  private Path run;
  private Path kept;
  private Path log;
  private TrialStore copies;

  @BeforeEach
  void train() throws IOException {
    log = folder.resolve("trial.log");
    run = folder.resolve("run");
    kept = folder.resolve("store/trial");
    copies = new TrialStore(new FolderStore(folder.resolve("store")), "trial");
    progress(20);
    write("checkpoints/00000020/generator.safetensors", "weights of 20");
    write(".lock", "");
  }

  @Test
  void aRunComesBackAsItWas() throws IOException {
    copies.keep(run);
    assertEquals(Optional.of(20L), copies.step());
    Path back = fetched();
    assertEquals(TrialStore.files(run).size(), TrialStore.files(back).size());
    for (Path file : TrialStore.files(run)) {
      assertEquals(-1, Files.mismatch(file, back.resolve(run.relativize(file))));
    }
  }

  @Test
  void theCopyWithTheMostStepsComesBackAndOfEqualOnesTheLast() throws IOException {
    progress(40);
    copies.keep(run);
    progress(20);
    copies.keep(run);
    assertEquals(40, TrialStore.step(fetched()));
    progress(40);
    for (int time = 0; time < 10; time++) {
      write("evaluation.json", "measured " + time);
      copies.keep(run);
      assertEquals("measured " + time, Files.readString(fetched().resolve("evaluation.json")));
    }
  }

  @Test
  void aCopyThatIsDamagedIsPassedOver() throws IOException {
    copies.keep(run);
    progress(40);
    copies.keep(run);
    Path newest = archives().get(1);
    byte[] bytes = Files.readAllBytes(newest);
    for (int at = 0; at < bytes.length; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= 4;
      Files.write(newest, changed);
      assertEquals(20, TrialStore.step(fetched()), "byte " + at);
      Files.write(newest, Arrays.copyOf(bytes, at));
      assertEquals(20, TrialStore.step(fetched()), "length " + at);
    }
    Files.delete(newest);
    assertEquals(20, TrialStore.step(fetched()));
    Files.delete(archives().get(0));
    assertFalse(copies.fetch(folder.resolve("nothing")));
    assertFalse(Files.exists(folder.resolve("nothing")));
  }

  @Test
  void aCopyWhoseWriterWasKilledIsNone() throws IOException {
    copies.keep(run);
    progress(40);
    copies.keep(run);
    Files.delete(Path.of(archives().get(1) + ".sha256"));
    assertEquals(Optional.of(20L), copies.step());
    assertEquals(20, TrialStore.step(fetched()));
  }

  @Test
  void theLastTwoCopiesAreKept() throws IOException {
    for (int step = 20; step <= 100; step += 20) {
      progress(step);
      copies.keep(run);
    }
    assertEquals(2, archives().size());
    assertEquals(100, TrialStore.step(fetched()));
  }

  @Test
  void aRunThatIsGoneIsAnError() {
    assertThrows(NoSuchFileException.class, () -> copies.keep(folder.resolve("nowhere")));
  }

  @Test
  void noFileIsWrittenOutsideTheRun() throws IOException {
    copies.keep(run);
    try (OutputStream out = Files.newOutputStream(archives().get(0));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("../stray"));
    }
    assertFalse(copies.fetch(folder.resolve("back")));
    assertFalse(Files.exists(folder.resolve("stray")));
  }

  @Test
  void whatTheSweepHasIsBroughtUnlessTheStoreHasMore() throws IOException {
    copies.bring(folder.resolve("none"));
    assertEquals(Optional.empty(), copies.step());
    copies.bring(run);
    assertEquals(Optional.of(20L), copies.step());
    copies.keep(elsewhere(60));
    progress(40);
    copies.bring(run);
    assertEquals(Optional.of(60L), copies.step());
  }

  @Test
  void whatTheStoreHasComesHomeWithItsLogAndIsLetGo() throws IOException {
    Files.writeString(run.resolve("checkpoint-of-20"), "old");
    Files.writeString(log, "before\n");
    Path elsewhere = elsewhere(60);
    Files.writeString(elsewhere.resolve(TrialTask.LOG), "there\n");
    copies.keep(elsewhere);
    copies.deliver(run, log);
    assertEquals(60, TrialStore.step(run));
    assertFalse(Files.exists(run.resolve("checkpoint-of-20")));
    assertEquals("before\nthere\n", Files.readString(log));
    assertEquals(Optional.empty(), copies.step());
  }

  @Test
  void aRunWithoutCopiesOrFartherThanTheseStays() throws IOException {
    progress(40);
    copies.deliver(run, log);
    assertEquals(40, TrialStore.step(run));
    copies.keep(elsewhere(20));
    String message = assertThrows(IOException.class, () -> copies.deliver(run, log)).getMessage();
    assertTrue(message.startsWith("the stored copies are older than "), message);
    assertEquals(40, TrialStore.step(run));
    assertEquals(Optional.of(20L), copies.step());
  }

  @Test
  void aRunThatWasMovedAwayAndNotReplacedComesBack() throws IOException {
    Files.move(run, run.resolveSibling(".run.replaced"));
    copies.bring(run);
    assertEquals(20, TrialStore.step(run));
    assertEquals(Optional.of(20L), copies.step());
    Files.move(run, run.resolveSibling(".run.replaced"));
    copies.keep(elsewhere(60));
    copies.deliver(run, log);
    assertEquals(60, TrialStore.step(run));
    assertFalse(Files.exists(run.resolveSibling(".run.replaced")));
    assertFalse(Files.exists(run.resolveSibling(".run.fetched")));
  }

  @Test
  void whatWasMeasuredHereSinceACopyIsNotLost() throws IOException {
    copies.keep(elsewhere(20));
    Files.writeString(run.resolve("evaluation.csv"), "fid");
    copies.bring(run);
    copies.deliver(run, log);
    assertEquals("fid", Files.readString(run.resolve("evaluation.csv")));
  }

  /** A run that another machine has trained. */
  private Path elsewhere(long step) throws IOException {
    Path other = folder.resolve("elsewhere");
    Files.createDirectories(other);
    return Files.writeString(other.resolve("progress.json"), progressOf(step)).getParent();
  }

  private Path fetched() throws IOException {
    Path back = folder.resolve("fetched");
    FileUtils.deleteDirectory(back.toFile());
    assertTrue(copies.fetch(back));
    return back;
  }

  private List<Path> archives() throws IOException {
    return TrialStore.files(kept).stream()
        .filter(file -> !file.toString().endsWith(".sha256"))
        .toList();
  }

  private void progress(long step) throws IOException {
    write("progress.json", progressOf(step));
  }

  private static String progressOf(long step) {
    return "{ \"state\" : \"training\", \"step\" : %d }".formatted(step);
  }

  private void write(String name, String text) throws IOException {
    Path file = run.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
