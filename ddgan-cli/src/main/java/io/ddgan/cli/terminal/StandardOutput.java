package io.ddgan.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/**
 * Standard output, which remembers that it could not be written: printers keep that to themselves.
 */
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
   * The exit code of a command whose results may have been lost.
   *
   * @param code the command's own
   * @param err told what has happened, but not if a reader such as {@code head} wanted no more
   */
  public int exitCode(int code, PrintWriter err) {
    if (failure.isEmpty()) {
      return code;
    }
    String reason = String.valueOf(failure.get().getMessage());
    if (!reason.contains("Broken pipe")) {
      err.println("ddgan: cannot write standard output, part of it is lost: " + reason);
    }
    return code == ExitCode.OK ? ExitCode.SOFTWARE : code;
  }
}
