package io.ddgan.internal.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressSpaceTest {

  private static final long MEBIBYTE = 1L << 20;

  @TempDir Path process;

  @Test
  void aLimitIsReadWithWhatIsUsedOfIt() throws IOException {
    Optional<AddressSpace> bound = bound("7168000000");
    assertEquals(Optional.of(new AddressSpace(7_168_000_000L, 3000 * MEBIBYTE)), bound);
    assertEquals(7_168_000_000L - 3000 * MEBIBYTE, bound.get().left());
  }

  @Test
  void withoutALimitThereIsNoBound() throws IOException {
    assertEquals(Optional.empty(), bound("unlimited"));
  }

  @Test
  void whereTheSystemDoesNotTellThereIsNoBound() {
    assertEquals(Optional.empty(), AddressSpace.bound(process.resolve("missing")));
  }

  private Optional<AddressSpace> bound(String limit) throws IOException {
    Files.writeString(
        process.resolve("limits"),
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max address space         %-20s unlimited            bytes
        """
            .formatted(limit));
    Files.writeString(process.resolve("status"), "VmPeak:\t 9999999 kB\nVmSize:\t 3072000 kB\n");
    return AddressSpace.bound(process);
  }
}
