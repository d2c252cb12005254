package io.ddgan.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.config.ConfigurationException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
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

  /** As Java throws in the thread that waits what another one has thrown. */
  @Test
  void whatAnotherThreadHasThrownCountsAsIfThisOneHad() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> inParallel("choose another"));
    assertTrue(RefusedException.of(refusal).getMessage().contains("choose another"));
    assertThrows(
        IllegalArgumentException.class,
        () -> {
          try {
            inParallel("many");
          } catch (IllegalArgumentException e) {
            throw new AssertionError(RefusedException.of(e));
          }
        });
  }

  private static void inParallel(String text) {
    ForkJoinTask<?> task =
        ForkJoinTask.adapt(
            () -> {
              if (text.equals("many")) {
                Integer.parseInt(text);
              }
              throw new IllegalArgumentException(text);
            });
    ForkJoinPool.commonPool().execute(task);
    task.join();
  }

  @Test
  void whatSaysNothingIsAMistake() {
    IllegalArgumentException thrown = new IllegalArgumentException();
    assertSame(
        thrown, assertThrows(IllegalArgumentException.class, () -> RefusedException.of(thrown)));
  }
}
