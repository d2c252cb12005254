package io.ddgan.internal.graph;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.RefusedException;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {

  private static final double MEBIBYTE = 1 << 20;

  @Test
  void refusesArraysThatDoNotFit() {
    NativeMemory memory = new NativeMemory(244 * MEBIBYTE, 9000 * MEBIBYTE);
    memory.requireLeft(244 * MEBIBYTE, "weights");
    RefusedException e =
        assertThrows(
            RefusedException.class, () -> memory.requireLeft(244 * MEBIBYTE + 1, "weights"));
    assertTrue(e.getMessage().contains("245 MiB"), e.getMessage());
    assertTrue(e.getMessage().contains("9,000 MiB"), e.getMessage());
  }
}
