package io.ddgan.app.environment;

import com.sun.management.OperatingSystemMXBean;
import io.ddgan.internal.file.ProcFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * Memory of the machine, or of the container that this process runs in.
 *
 * @param memory all of it, in bytes
 * @param available what processes can still have, in bytes
 */
public record MachineMemory(long memory, long available) {

  private static final Path LINUX = Path.of("/proc/meminfo");

  /** All of it, in bytes. */
  public static long total() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /** This machine. Where the system does not say what is available, half of the memory is. */
  public static MachineMemory here() {
    long memory = total();
    long available = ProcFile.bytes(LINUX, "MemAvailable").orElse(memory / 2);
    return new MachineMemory(memory, Math.min(memory, available));
  }
}
