package io.ddgan.spark.job;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The process of a trial on an executor's machine. It saves and ends with the executor, however
 * that ends, whose end of its standard input the system closes.
 */
final class TrialProcess {

  private static final long SECONDS_BETWEEN_LOOKS = 1;
  private static final long SECONDS_TO_SAVE = 600;

  /** What a shell reports of a program that it does not find. */
  private static final int NO_PROGRAM = 127;

  /** What a trial that is asked to end, or whose executor has ended, reports. */
  static final int TERMINATED = 143;

  /** What is done while a trial runs. */
  @FunctionalInterface
  interface Supervision {

    /**
     * Looks after the trial, about once a second.
     *
     * @return whether it is to save and end
     */
    boolean isOver() throws IOException;
  }

  private TrialProcess() {}

  /**
   * Runs a command to its end.
   *
   * @param log takes what it prints
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
    } catch (IOException e) { // no other machine is likelier to have it
      Files.writeString(
          log,
          "ddgan: %s; name as launcher.program where ddgan is on the executors' machines%n"
              .formatted(e.getMessage()),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      return NO_PROGRAM;
    }
    try {
      boolean isAsked = false;
      while (!process.waitFor(SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS)) {
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

  /** Also of a task that was interrupted: its trial may not go on beside its next attempt. */
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
