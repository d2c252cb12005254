package io.ddgan.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.RefusedException;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorsTest {

  @Test
  void whatTheUserCanMendIsASentence() {
    for (Exception mended :
        List.of(
            new RefusedException("ask for fewer"),
            new IOException("ask for fewer"),
            new ConfigurationException(
                new Problem("", "", "ask for fewer"), new IllegalArgumentException()))) {
      assertEquals("ask for fewer", Errors.message(mended));
    }
  }

  @Test
  void aMistakeOfOursLooksLikeOne() {
    assertEquals(
        "unexpected: java.lang.IllegalArgumentException: 3; this is a mistake in ddgan, please"
            + " report it with what --stacktrace shows",
        Errors.message(new IllegalArgumentException("3")));
  }

  @Test
  void fullMemorySaysWhichItIsAndHowLarge() {
    String heap = Errors.message(new OutOfMemoryError("Java heap space"));
    assertTrue(heap.matches("out of memory: Java's heap of [0-9,]+ MiB is full; use .*"), heap);
    String outside =
        Errors.message(
            new OutOfMemoryError(
                "Cannot allocate new LongPointer(1): totalBytes = 256, physicalBytes = 218M"));
    assertTrue(
        outside.matches(
            "out of memory: arrays outside of Java's heap do not fit into the [0-9,]+ MiB that this process may have in all; use .*"),
        outside);
  }

  @Test
  void aRefusalKeepsItsCause() {
    IllegalArgumentException refusal = new IllegalArgumentException("too few");
    RefusedException refused = RefusedException.of(refusal);
    assertEquals("too few", refused.getMessage());
    assertEquals(refusal, refused.getCause());
    assertEquals(refused, RefusedException.of(refused));
  }
}
