package io.ddgan.spark.job;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The process of a trial on an executor's machine. It saves and ends when its standard input is
 * closed, which happens however the executor ends.
 */
final class TrialProcess {

  private static final long SECONDS_BETWEEN_POLLS = 1;
  private static final long SECONDS_TO_SAVE = 600;

  /** Exit code of a shell for a program that it does not find. */
  private static final int NO_PROGRAM = 127;

  /** Exit code of a trial that was terminated, or whose executor has ended. */
  static final int TERMINATED = 143;

  /** Supervises a running trial. */
  @FunctionalInterface
  interface Supervision {

    /**
     * Called about once a second.
     *
     * @return true if the trial is to save and end
     */
    boolean isOver() throws IOException;
  }

  private TrialProcess() {}

  /**
   * Runs a command to its end.
   *
   * @param log file for its output
   * @return its exit code, as a shell reports it
   * @throws InterruptedException if Spark ends the task, after the command has ended
   */
  static int run(
      List<String> command, List<String> environment, Path directory, Path log, Supervision watch)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    for (String variable : environment) {
      int end = variable.indexOf('=');
      builder.environment().put(variable.substring(0, end), variable.substring(end + 1));
    }
    builder
        .environment()
        .merge("DDGAN_OPTS", "-Dddgan.lifeline=true", (own, line) -> own + " " + line);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) { // a retry on another machine would not help
      Files.writeString(
          log,
          "ddgan: %s; set launcher.ddgan-path to the path of ddgan on the executors' machines%n"
              .formatted(e.getMessage()),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      return NO_PROGRAM;
    }
    try {
      boolean isAsked = false;
      while (!process.waitFor(SECONDS_BETWEEN_POLLS, TimeUnit.SECONDS)) {
        if (!isAsked && watch.isOver()) {
          process.destroy();
          isAsked = true;
        }
      }
      return process.exitValue();
    } finally {
      process.destroy();
      awaitEnd(process);
    }
  }

  /**
   * Waits for the process even if interrupted: it must not overlap with the trial's next attempt.
   */
  private static void awaitEnd(Process process) {
    boolean isInterrupted = Thread.interrupted();
    try {
      if (!process.waitFor(SECONDS_TO_SAVE, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      isInterrupted = true;
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
