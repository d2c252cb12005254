package io.ddgan.slurm;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs Slurm's commands, which must be on the PATH. */
final class SlurmCommand {

  private SlurmCommand() {}

  /** Thrown if the controller is unreachable, for example during a restart; may be retried. */
  static final class UnreachableException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreachableException(String message) {
      super(message);
    }
  }

  /**
   * Runs a command.
   *
   * @return its output
   * @throws UnreachableException if the controller is unreachable
   * @throws IOException if it fails; the message includes its output
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
          "cannot run %s; put Slurm's commands on the PATH".formatted(words.get(0)), e);
    }
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    int code = exitCode(process);
    if (code == 0) {
      return output;
    }
    String message = "%s: %s".formatted(words.get(0), reason(output, code));
    throw isUnreachable(output) ? new UnreachableException(message) : new IOException(message);
  }

  private static int exitCode(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static boolean isUnreachable(String output) {
    return Stream.of(
            "Unable to contact slurm controller",
            "Socket timed out",
            "Connection refused",
            "Zero Bytes were transmitted",
            "Protocol authentication error",
            "in standby mode")
        .anyMatch(output::contains);
  }

  /** Returns the output without the command's name in each line. */
  private static String reason(String output, int code) {
    String text =
        output
            .lines()
            .map(line -> line.replaceFirst("^\\w+: (error: )?", "").strip())
            .filter(line -> !line.isEmpty())
            .distinct()
            .collect(Collectors.joining("; "));
    return text.isEmpty() ? "exit code " + code : text;
  }
}
