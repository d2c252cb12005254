package io.ddgan.internal.graph;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.RefusedException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {

  private static final long MEBIBYTE = 1L << 20;

  @Test
  void addressesBoundItTooAndSomeAreLeftToOthers() {
    NativeMemory memory = within(new AddressSpace(9000 * MEBIBYTE, 8500 * MEBIBYTE));
    assertDoesNotThrow(() -> memory.requireLeft(244.0 * MEBIBYTE, "weights"));
    var refused =
        assertThrows(RefusedException.class, () -> memory.requireLeft(245.0 * MEBIBYTE, "weights"));
    assertEquals(
        "weights take 245 MiB of memory, and of the 9,000 MiB of address space that ulimit -v"
            + " allows this process 244 MiB are left for arrays; use smaller networks or batches,"
            + " or raise that limit",
        refused.getMessage());
  }

  @Test
  void moreAddressesThanMemoryAreNoBound() {
    NativeMemory memory = within(new AddressSpace(Long.MAX_VALUE, 0));
    assertEquals(NativeMemory.within(Optional.empty()).bound(), memory.bound());
  }

  private static NativeMemory within(AddressSpace space) {
    return NativeMemory.within(Optional.of(space));
  }
}
