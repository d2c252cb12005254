package io.ddgan.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
  void aRefusalKeepsItsCause() {
    IllegalArgumentException refusal = new IllegalArgumentException("too few");
    RefusedException refused = RefusedException.of(refusal);
    assertEquals("too few", refused.getMessage());
    assertEquals(refusal, refused.getCause());
    assertEquals(refused, RefusedException.of(refused));
  }
}
