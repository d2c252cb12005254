package io.ddgan.slurm;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Slurm's commands, which are found where machines that submit have them. */
final class SlurmCommand {

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
    String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    int code = exitCode(process);
    if (code == 0) {
      return said;
    }
    String message = "%s: %s".formatted(words.get(0), reason(said, code));
    throw isUnreachable(said) ? new UnreachableException(message) : new IOException(message);
  }

  private static int exitCode(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static boolean isUnreachable(String said) {
    return Stream.of(
            "Unable to contact slurm controller",
            "Socket timed out",
            "Connection refused",
            "Zero Bytes were transmitted",
            "Protocol authentication error",
            "in standby mode")
        .anyMatch(said::contains);
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
