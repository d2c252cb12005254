package io.ddgan.spark.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
@Tag("slow")
class TrialProcessTest {

  private static final String SAVING =
      "trap 'echo saved; exit 143' TERM; echo begun; while :; do sleep 0.1; done";

  @TempDir Path folder;

  @Test
  void itsEndIsTheTasksAndItsWordsAreAddedToTheLog() throws IOException, InterruptedException {
    Files.writeString(log(), "earlier\n");
    assertEquals(3, run("echo $greeting $DDGAN_OPTS in $(basename $PWD) >&2; exit 3", () -> false));
    String words = "hello -Dddgan.lifeline=true in " + folder.getFileName();
    assertEquals("earlier\n%s\n".formatted(words), Files.readString(log()));
  }

  @Test
  void oneThatIsToEndSaves() throws IOException, InterruptedException {
    assertEquals(TrialProcess.TERMINATED, run(SAVING, this::hasBegun));
    assertEquals("begun\nsaved\n", Files.readString(log()));
  }

  @Test
  void oneWhoseTaskIsEndedSavesBeforeTheTaskDoes() throws IOException, InterruptedException {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    Future<Integer> task = threads.submit(() -> run(SAVING, () -> false));
    while (!hasBegun()) {
      Thread.sleep(10);
    }
    threads.shutdownNow();
    ExecutionException end = assertThrows(ExecutionException.class, task::get);
    assertTrue(end.getCause() instanceof InterruptedException, end.toString());
    assertEquals("begun\nsaved\n", Files.readString(log()));
  }

  @Test
  void oneThatCannotBeWatchedIsEnded() throws IOException {
    IOException lost =
        assertThrows(
            IOException.class,
            () ->
                run(
                    SAVING,
                    () -> {
                      throw new IOException("the store does not answer");
                    }));
    assertEquals("the store does not answer", lost.getMessage());
    assertTrue(Files.readString(log()).endsWith("saved\n"));
  }

  @Test
  void aProgramThatIsNotThereIsTheTrialsFailure() throws IOException, InterruptedException {
    assertEquals(
        127, TrialProcess.run(List.of("/nowhere/ddgan"), List.of(), folder, log(), () -> false));
    assertTrue(
        Files.readString(log()).startsWith("ddgan: Cannot run program \"/nowhere/ddgan\""),
        Files.readString(log()));
  }

  private int run(String script, TrialProcess.Supervision watch)
      throws IOException, InterruptedException {
    return TrialProcess.run(
        List.of("bash", "-c", script), List.of("greeting=hello"), folder, log(), watch);
  }

  private boolean hasBegun() throws IOException {
    return Files.exists(log()) && Files.readString(log()).contains("begun");
  }

  private Path log() {
    return folder.resolve("log");
  }
}
