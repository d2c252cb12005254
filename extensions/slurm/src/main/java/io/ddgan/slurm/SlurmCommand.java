package io.ddgan.slurm;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Slurm's commands, which are found where machines that submit have them. */
final class SlurmCommand {

  private static final long SECONDS = 60;

  private SlurmCommand() {}

  /** The controller does not answer, as while it is started again; it may answer later. */
  static final class UnreachableException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreachableException(String message) {
      super(message);
    }
  }

  /**
   * Runs a command.
   *
   * @return what it printed
   * @throws UnreachableException if the controller does not answer
   * @throws IOException if it fails; the message has what it says
   */
  static String run(List<String> words) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("LC_ALL", "C");
    builder.redirectErrorStream(true);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new IOException(
          "%s does not start; the launcher slurm needs Slurm's commands on the PATH"
              .formatted(words.get(0)),
          e);
    }
    process.getOutputStream().close();
    CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
    int code = exitCode(process, words.get(0)); // after which there is an end of what it says
    String said = output.join();
    if (code == 0) {
      return said;
    }
    String message = "%s: %s".formatted(words.get(0), reason(said, code));
    throw isUnreachable(said) ? new UnreachableException(message) : new IOException(message);
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  private static int exitCode(Process process, String name) throws IOException {
    try {
      if (process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    throw new UnreachableException(name + " does not come to an end");
  }

  private static boolean isUnreachable(String said) {
    return said.contains("Unable to contact slurm controller")
        || said.contains("Socket timed out")
        || said.contains("Connection refused")
        || said.contains("Zero Bytes were transmitted")
        || said.contains("Protocol authentication error")
        || said.contains("in standby mode");
  }

  /** What it says, without its own name in each line. */
  private static String reason(String said, int code) {
    String text =
        said.lines()
            .map(line -> line.replaceFirst("^\\w+: (error: )?", "").strip())
            .filter(line -> !line.isEmpty())
            .distinct()
            .collect(Collectors.joining("; "));
    return text.isEmpty() ? "it ended with exit code " + code : text;
  }
}
