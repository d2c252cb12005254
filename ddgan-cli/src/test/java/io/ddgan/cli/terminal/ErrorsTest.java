package io.ddgan.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.RefusedException;
import io.ddgan.app.environment.Failure;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorsTest {

  private final StringWriter err = new StringWriter();

  @Test
  void userErrorsAreOneLine() {
    for (Exception mended :
        List.of(
            new RefusedException("ask for fewer"),
            new IOException("ask for fewer"),
            new ConfigurationException(
                new Problem("", "", "ask for fewer"), new IllegalArgumentException()))) {
      assertEquals("ask for fewer", message(mended));
    }
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void onlyBugsPrintStackTraces(Throwable mistake) {
    assertEquals(1, new Errors(() -> false).failed(mistake, new PrintWriter(err, true)));
    assertTrue(err.toString().startsWith("ddgan: unexpected: " + mistake), err::toString);
    assertTrue(err.toString().contains("\tat io.ddgan.cli.terminal.ErrorsTest."), err::toString);
  }

  static Stream<Throwable> mistakes() {
    return Stream.of(
        new IllegalArgumentException("3"),
        new NullPointerException(),
        new StackOverflowError(),
        new NoClassDefFoundError("acme/Missing"),
        new ExceptionInInitializerError("3"),
        new AssertionError("3"));
  }

  @Test
  void userErrorsPrintNoStackTrace() {
    Errors errors = new Errors(() -> false);
    assertEquals(
        1, errors.failed(new RefusedException("ask for fewer"), new PrintWriter(err, true)));
    assertEquals(
        1, errors.failed(new OutOfMemoryError("Requested array"), new PrintWriter(err, true)));
    assertEquals(
        """
        ddgan: ask for fewer
        ddgan: out of memory: Requested array; use smaller networks or batches, or raise the limit, for example with DDGAN_OPTS=-Xmx4g
        """,
        err.toString());
  }

  @Test
  void pathAloneIsCompletedToAMessage() {
    assertEquals("cannot read /nope: it does not exist", message(new NoSuchFileException("/nope")));
  }

  @Test
  void outOfMemoryNamesTheMemoryAndItsSize() {
    String heap = message(new OutOfMemoryError("Java heap space"));
    assertTrue(heap.matches("out of memory: Java's heap of [0-9,]+ MiB is full; use .*"), heap);
    String outside =
        message(
            new OutOfMemoryError(
                "Cannot allocate new LongPointer(1): totalBytes = 256, physicalBytes = 218M"));
    assertTrue(
        outside.matches("out of memory: .* outside Java's heap, .* at most [0-9,]+ MiB; use .*"),
        outside);
  }

  private static String message(Throwable thrown) {
    return new Failure(thrown).message();
  }
}
