package io.ddgan.cli.estimate;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory of the machine, or of the container that this process runs in.
 *
 * @param memory all of it, in bytes
 * @param available what processes can still have, in bytes
 */
public record MachineMemory(long memory, long available) {

  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final long KIBIBYTE = 1024;

  /** All of it, in bytes. */
  public static long total() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /** This machine. Where the system does not say what is available, half of the memory is. */
  public static MachineMemory here() throws IOException {
    long memory = total();
    if (!Files.exists(MEMORY)) {
      return new MachineMemory(memory, memory / 2);
    }
    try (var lines = Files.lines(MEMORY)) {
      long available =
          lines
              .filter(line -> line.startsWith("MemAvailable"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
              .findFirst()
              .orElse(memory / 2);
      return new MachineMemory(memory, Math.min(memory, available));
    }
  }
}
