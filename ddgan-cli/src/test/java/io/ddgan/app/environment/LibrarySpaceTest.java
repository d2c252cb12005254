package io.ddgan.app.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.internal.graph.AddressSpace;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LibrarySpaceTest {

  @Test
  void whatALimitLeavesMustSufficeForTheLibraryAndItsThreads() {
    AddressSpace space = new AddressSpace(7_168_000_000L, 3000L << 20);
    assertEquals(Optional.empty(), LibrarySpace.problem(space, 8));
    assertEquals(
        Optional.of(
            "this process may have 6835 MiB of address space, of which Java has 3000, and"
                + " computing in 16 threads needs 4096 more; raise the limit with ulimit -v, or"
                + " reduce the heap of Java, such as with DDGAN_OPTS=-Xmx500m"),
        LibrarySpace.problem(space, 16));
  }
}
