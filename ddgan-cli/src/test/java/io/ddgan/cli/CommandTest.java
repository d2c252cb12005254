package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.output.TeeWriter;

/** Runs commands in this process and keeps their output. */
public abstract class CommandTest {

  protected final StringWriter out = new StringWriter();
  protected final StringWriter err = new StringWriter();
  private final StringWriter printed = new StringWriter();

  /** Runs a command and returns its exit code. */
  protected int run(String... words) {
    return Main.run(
        new PrintWriter(new TeeWriter(out, printed), true),
        new PrintWriter(new TeeWriter(err, printed), true),
        words);
  }

  /** Runs a command given in two parts. */
  protected int run(List<String> words, String... more) {
    return run(Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new));
  }

  /** Runs a command that must succeed. */
  protected void call(String... words) {
    assertEquals(0, run(words), this::printed);
  }

  /** Returns the output of both streams. */
  protected String printed() {
    return printed.toString();
  }
}
