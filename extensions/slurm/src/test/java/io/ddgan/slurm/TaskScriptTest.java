package io.ddgan.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.ProcessLauncher.Request;
import io.ddgan.api.ProcessLauncher.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a task does with signals, run by bash with a trial that saves when it is asked to. */
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class TaskScriptTest {

  /** Says that it has begun, waits to be terminated, saves, and ends as a process does then. */
  private static final String SAVING =
      "trap 'sleep 0.3; echo saved; exit 143' TERM; echo begun; %s";

  @TempDir Path folder;

  @Test
  void aTrialsEndIsTheTasksEndAndItsWordsAreInTheLog() throws IOException, InterruptedException {
    Process task = start("echo $OMP_NUM_THREADS threads $greeting; exit 3");
    assertEquals(3, exitCode(task));
    assertEquals("earlier\n3 threads hello\n", log());
  }

  @Test
  void aTrialThatHasSavedAsItsTimeWasOverIsQueuedAgain() throws IOException, InterruptedException {
    Process task = begun();
    signal(task, "USR1");
    assertEquals(0, exitCode(task));
    assertTrue(log().contains("saved\n"), log());
    assertTrue(log().contains("scontrol requeue 7_2\n"), log());
    assertTrue(log().endsWith("queued again\n"), log());
  }

  @Test
  void aTrialThatWasAskedToEndIsNotQueuedAgainWhenItsTimeIsOver()
      throws IOException, InterruptedException {
    Process task = begun();
    signal(task, "TERM");
    signal(task, "USR1");
    assertEquals(0, exitCode(task));
    assertTrue(log().endsWith("saved\n"), log());
  }

  @Test
  void theFolderOfAnArrayMayHaveAnyName() throws IOException, InterruptedException {
    Path place = Files.createDirectories(folder.resolve("it's \"mine\" $HOME"));
    Files.writeString(place.resolve("2.sh"), "exit 9");
    Path script = folder.resolve("array.sh");
    Files.writeString(script, TaskScript.ofArray(place));
    ProcessBuilder builder = new ProcessBuilder("bash", script.toString());
    builder.environment().put("SLURM_ARRAY_TASK_ID", "2");
    assertEquals(9, exitCode(builder.start()));
  }

  @Test
  void aTrialThatHasSavedAsItWasAskedToHasNotFailedAndIsNotQueuedAgain()
      throws IOException, InterruptedException {
    Process task = begun();
    signal(task, "TERM");
    assertEquals(0, exitCode(task));
    assertTrue(log().endsWith("saved\n"), log());
  }

  @Test
  void aTrialThatIsKilledIsNotTakenForOneThatHasSaved() throws IOException, InterruptedException {
    Process task = begun();
    task.descendants().forEach(ProcessHandle::destroyForcibly);
    assertEquals(137, exitCode(task));
  }

  /** A task whose trial waits for a signal. */
  private Process begun() throws IOException, InterruptedException {
    Process task = start(SAVING.formatted("while :; do sleep 0.01; done"));
    while (!log().contains("begun")) {
      assertTrue(task.isAlive(), log());
      Thread.sleep(10);
    }
    return task;
  }

  private Process start(String trial) throws IOException {
    Path program = executable("it's a trial", trial);
    executable("scontrol", "echo scontrol $*");
    Files.writeString(folder.resolve("log"), "earlier\n");
    Request request =
        new Request(
            "a1",
            folder,
            program.toString(),
            List.of("train", "it's.conf"),
            folder.resolve("log"),
            new Resources(3, Optional.empty(), 1));
    Path script = folder.resolve("task.sh");
    Files.writeString(script, TaskScript.of(request, List.of("export greeting=hello")));
    ProcessBuilder builder = new ProcessBuilder("bash", script.toString());
    builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    builder.environment().put("SLURM_ARRAY_JOB_ID", "7");
    builder.environment().put("SLURM_ARRAY_TASK_ID", "2");
    return builder.start();
  }

  private Path executable(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/bash\n" + text + "\n");
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }

  private static void signal(Process task, String signal) throws IOException, InterruptedException {
    assertEquals(
        0, new ProcessBuilder("kill", "-" + signal, Long.toString(task.pid())).start().waitFor());
  }

  private static int exitCode(Process task) throws InterruptedException {
    assertTrue(task.waitFor(20, TimeUnit.SECONDS));
    return task.exitValue();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }
}
