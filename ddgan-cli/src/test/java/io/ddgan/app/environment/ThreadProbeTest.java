package io.ddgan.app.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, as other tests try threads out, too. */
@Isolated
class ThreadProbeTest {

  @Test
  void threadsThatAreTriedOutAreGoneAfterwards() {
    ThreadProbe.of(50);
    long left =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("probe-"))
            .count();
    assertEquals(0, left);
  }
}
