package io.ddgan.internal.graph;

import com.sun.management.OperatingSystemMXBean;
import io.ddgan.api.RefusedException;
import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory outside of Java's heap. The native library aborts the process if it runs out of memory, so
 * check here before large allocations.
 *
 * @param left bytes that this process may still allocate
 * @param most maximum bytes of this process
 */
public record NativeMemory(double left, double most) {

  private static final double MEBI = 1 << 20;

  /** Allocations below this size in bytes are not checked. */
  private static final double UNCHECKED = 4 * MEBI;

  /** Returns the current limits of this process. */
  public static NativeMemory now() {
    long machine = ofMachine();
    long allowed = Pointer.maxPhysicalBytes(); // 0 for no bound
    double most = allowed > 0 ? Math.min(allowed, machine) : machine;
    return new NativeMemory(most - Pointer.physicalBytes(), most);
  }

  /** Returns the memory of the machine or container in bytes. */
  public static long ofMachine() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /** Returns the limit as a clause for errors. */
  public String bound() {
    return "this process may use at most %s".formatted(text(most));
  }

  /** Throws a RefusedException if the memory is not available; {@code what} is a plural. */
  static void require(double bytes, String what) {
    if (bytes >= UNCHECKED) {
      now().requireLeft(bytes, what);
    }
  }

  /** Checks these limits like {@link #require}. */
  void requireLeft(double bytes, String what) {
    if (bytes > left) {
      throw new RefusedException(
          "%s need %s of memory, but %s; use smaller networks or batches"
              .formatted(what, text(bytes), bound()));
    }
  }

  /** Formats an amount of memory. */
  public static String text(double bytes) {
    return "%,.0f MiB".formatted(Math.ceil(bytes / MEBI));
  }
}
