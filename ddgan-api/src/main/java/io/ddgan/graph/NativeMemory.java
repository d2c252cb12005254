package io.ddgan.graph;

import io.ddgan.api.RefusedException;
import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory outside of Java's heap. The native library ends the process where it asks the system for
 * more than there is, so that whoever takes much asks here before.
 */
public final class NativeMemory {

  private static final double MEBI = 1 << 20;

  private NativeMemory() {}

  /** Bytes that this process may have in all, Java's heap among them. */
  public static long most() {
    long machine =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getTotalMemorySize();
    long allowed = Pointer.maxPhysicalBytes(); // 0 for no bound
    return allowed > 0 ? Math.min(allowed, machine) : machine;
  }

  /**
   * Makes sure that memory can be taken.
   *
   * @param what what is going to be there, in the plural
   * @throws RefusedException if this process may not have so much more; the message says what to do
   */
  static void require(double bytes, String what) {
    long most = most();
    if (bytes > (double) (most - Pointer.physicalBytes())) {
      throw new RefusedException(
          "%s take %s of memory, and this process may have %s in all; use smaller networks or batches"
              .formatted(what, text(bytes), text((double) most)));
    }
  }

  /** An amount as errors say it. */
  public static String text(double bytes) {
    return "%,.0f MiB".formatted(Math.ceil(bytes / MEBI));
  }
}
