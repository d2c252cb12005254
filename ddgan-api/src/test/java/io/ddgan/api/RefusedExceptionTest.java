package io.ddgan.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.config.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.nd4j.common.base.Preconditions;

class RefusedExceptionTest {

  @Test
  void whatAComponentThrowsItselfIsARefusal() {
    IllegalArgumentException thrown = new IllegalArgumentException("choose another");
    assertEquals("choose another", RefusedException.of(thrown).getMessage());
    RefusedException refused = new RefusedException("no");
    assertSame(refused, RefusedException.of(refused));
  }

  @Test
  void whatJavaThrowsIsAMistake() {
    NumberFormatException thrown =
        assertThrows(NumberFormatException.class, () -> Integer.parseInt("many"));
    assertSame(
        thrown, assertThrows(NumberFormatException.class, () -> RefusedException.of(thrown)));
    assertSame(
        thrown,
        assertThrows(
            NumberFormatException.class, () -> ConfigurationException.of("generator", thrown)));
  }

  @Test
  void whatNd4jThrowsIsAMistake() {
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class, () -> Preconditions.checkArgument(false, "shapes"));
    assertSame(
        thrown, assertThrows(IllegalArgumentException.class, () -> RefusedException.of(thrown)));
  }

  @Test
  void whatSaysNothingIsAMistake() {
    IllegalArgumentException thrown = new IllegalArgumentException();
    assertSame(
        thrown, assertThrows(IllegalArgumentException.class, () -> RefusedException.of(thrown)));
  }
}
