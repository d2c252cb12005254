package io.ddgan.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/** Standard output that records write errors, which print writers hide. */
public final class StandardOutput extends FilterOutputStream {

  private Optional<IOException> failure = Optional.empty();

  public StandardOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure.or(() -> Optional.of(e));
      throw e;
    }
  }

  /**
   * Returns the exit code of a command, a failure if its output was lost.
   *
   * @param code the command's exit code
   * @param err receives the error, unless a reader such as {@code head} closed the pipe
   */
  public int exitCode(int code, PrintWriter err) {
    if (failure.isEmpty()) {
      return code;
    }
    String reason = String.valueOf(failure.get().getMessage());
    if (!reason.contains("Broken pipe")) {
      err.println("ddgan: cannot write to standard output; the output is incomplete: " + reason);
    }
    return code == ExitCode.OK ? ExitCode.SOFTWARE : code;
  }
}
