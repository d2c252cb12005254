package io.ddgan.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.internal.file.LockFile;
import io.ddgan.train.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.function.IORunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  @TempDir Path folder;
  private RunFolder run;

  @BeforeEach
  void nameRun() {
    run = new RunFolder(folder.resolve("runs").resolve("first"));
  }

  @Test
  void storesTheExperimentOfANewRun() throws IOException {
    create("seed = 1\n").close();
    assertTrue(run.isRun());
    assertEquals("seed = 1\n", Files.readString(run.experiment()));
  }

  @Test
  void failedStartLeavesNoRun() throws IOException {
    IORunnable failing =
        () -> {
          assertFalse(run.isRun());
          Files.createDirectories(run.checkpoints());
          Files.writeString(run.checkpoints().resolve("half"), "a checkpoint");
          throw new IOException("no space is left");
        };
    assertEquals("no space is left", error(() -> run.create("seed = 1", failing)));
    assertFalse(run.isRun());
    run.create("seed = 2", () -> Files.writeString(run.provenance(), "{}")).close();
    assertFalse(Files.exists(run.checkpoints()));
    assertEquals("{}", Files.readString(run.provenance()));
    assertTrue(run.isRun());
  }

  @Test
  void refusesToCreateARunTwice() throws IOException {
    create("seed = 1").close();
    String error = error(() -> create("seed = 2"));
    assertTrue(error.startsWith("the run " + run.root() + " already exists"), error);
    assertTrue(error.contains("--resume"), error);
    assertEquals("seed = 1", Files.readString(run.experiment()));
  }

  @Test
  void refusesToCreateARunAmongOtherFiles() throws IOException {
    Files.createDirectories(run.root());
    Files.writeString(run.root().resolve("thesis.tex"), "precious");
    assertTrue(error(() -> create("")).contains("is neither empty nor a run"));
  }

  @Tag("slow")
  @Test
  @Timeout(60)
  void createsARunThatWasKilledBeforeItsFirstStep() throws IOException, InterruptedException {
    Process other = ChildJvm.start(Beginner.class, run.root().toString());
    try (BufferedReader lines = other.inputReader()) {
      assertEquals("beginning", lines.readLine());
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertTrue(Files.exists(run.provenance()));
    assertFalse(run.isRun());
    create("seed = 1").close();
    assertEquals("seed = 1", Files.readString(run.experiment()));
    assertFalse(Files.exists(run.provenance()), "what the killed process left is removed");
    assertFalse(Files.exists(run.checkpoints()), "what the killed process left is removed");
  }

  @Test
  void keepsTheFilesOfARunWithoutExperiment() throws IOException {
    run.create("seed = 1", () -> Files.writeString(run.provenance(), "{}")).close();
    Files.delete(run.experiment());
    assertTrue(error(() -> create("")).contains("is neither empty nor a run"));
    assertTrue(Files.exists(run.provenance()));
  }

  @Test
  void resumesOnlyRuns() throws IOException {
    assertTrue(error(run::resume).startsWith(run.root() + " does not exist"));
    Files.createDirectories(run.root());
    assertTrue(error(run::resume).startsWith(run.root() + " is not a run"));
  }

  @Tag("slow")
  @Test
  void locksARunWithinTheProcess() throws IOException {
    LockFile lock = create("");
    try (lock) {
      assertEquals(
          "the run %s is in use by process %d; wait for it to end, or choose another folder with --run"
              .formatted(run.root(), ProcessHandle.current().pid()),
          error(run::resume));
      assertTrue(run.isInUse());
      assertEquals("true", seenByAnotherProcess());
    }
    assertEquals("false", seenByAnotherProcess());
  }

  private String seenByAnotherProcess() throws IOException {
    Process other = ChildJvm.start(Onlooker.class, run.root().toString());
    try (BufferedReader lines = other.inputReader()) {
      return lines.readLine();
    }
  }

  static final class Onlooker {

    private Onlooker() {}

    public static void main(String[] arguments) {
      System.out.println(new RunFolder(Path.of(arguments[0])).isInUse());
    }
  }

  @Tag("slow")
  @Test
  @Timeout(60)
  void locksARunUntilItsProcessIsKilled() throws IOException, InterruptedException {
    Process other = ChildJvm.start(Holder.class, run.root().toString());
    try (BufferedReader lines = other.inputReader()) {
      assertEquals("locked", lines.readLine());
      String message = error(run::resume);
      assertTrue(message.contains("is in use by process " + other.pid() + ";"), message);
    } finally {
      other.destroyForcibly().waitFor();
    }
    run.resume().close();
  }

  private LockFile create(String experiment) throws IOException {
    return run.create(experiment, () -> {});
  }

  private static String error(Executable action) {
    return assertThrows(IOException.class, action).getMessage();
  }

  static final class Holder {

    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      LockFile lock = new RunFolder(Path.of(arguments[0])).create("", () -> {});
      try (lock) {
        System.out.println("locked");
        System.in.read();
      }
    }
  }

  static final class Beginner {

    private Beginner() {}

    public static void main(String[] arguments) throws IOException {
      RunFolder run = new RunFolder(Path.of(arguments[0]));
      run.create(
          "",
          () -> {
            Files.writeString(run.provenance(), "{}");
            Files.createDirectories(run.checkpoints());
            System.out.println("beginning");
            System.in.read();
          });
    }
  }
}
