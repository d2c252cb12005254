package io.ddgan.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

  private static final String LOST =
      "ddgan: cannot write to standard output; the output is incomplete: No space left on device\n";

  private final StringWriter err = new StringWriter();

  @Test
  void lostOutputIsAFailureReportedUnlessThePipeIsClosed() {
    assertEquals(1, exitCode(0, failing("Broken pipe")));
    assertEquals("", err.toString());
    assertEquals(1, exitCode(0, failing("No space left on device")));
    assertEquals(2, exitCode(2, failing("No space left on device")));
    assertEquals(LOST + LOST, err.toString());
  }

  @Test
  void writesOutput() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    assertEquals(0, exitCode(0, written));
    assertEquals("schedule\n", written.toString(StandardCharsets.UTF_8));
    assertEquals("", err.toString());
  }

  private int exitCode(int code, OutputStream stream) {
    StandardOutput output = new StandardOutput(stream);
    PrintWriter out = new PrintWriter(output, true, StandardCharsets.UTF_8);
    out.print("schedule\n");
    out.flush();
    return output.exitCode(code, new PrintWriter(err, true));
  }

  private static OutputStream failing(String reason) {
    return new OutputStream() {

      @Override
      public void write(int b) throws IOException {
        throw new IOException(reason);
      }
    };
  }
}
