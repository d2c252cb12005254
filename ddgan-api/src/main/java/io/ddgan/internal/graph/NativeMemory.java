package io.ddgan.internal.graph;

import com.sun.management.OperatingSystemMXBean;
import io.ddgan.api.RefusedException;
import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory outside of Java's heap. The native library ends the process where it asks the system for
 * more than there is, so that whoever takes much asks here before.
 *
 * @param left bytes that this process may still take
 * @param most bytes that it may have in all
 */
public record NativeMemory(double left, double most) {

  private static final double MEBI = 1 << 20;

  /** Bytes that are not worth asking the system for. */
  private static final double LITTLE = 4 * MEBI;

  /** What this process may have now. */
  public static NativeMemory now() {
    long machine = ofMachine();
    long allowed = Pointer.maxPhysicalBytes(); // 0 for no bound
    double most = allowed > 0 ? Math.min(allowed, machine) : machine;
    return new NativeMemory(most - Pointer.physicalBytes(), most);
  }

  /** Bytes of the machine, or of the container that this process runs in. */
  public static long ofMachine() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /** Why this process may take no more, as a clause for errors. */
  public String bound() {
    return "this process may have %s in all".formatted(text(most));
  }

  /** Refuses to take more memory than this process may have for what is named in the plural. */
  static void require(double bytes, String what) {
    if (bytes >= LITTLE) {
      now().requireLeft(bytes, what);
    }
  }

  /** As {@link #require}, of the memory that this is. */
  void requireLeft(double bytes, String what) {
    if (bytes > left) {
      throw new RefusedException(
          "%s take %s of memory, and %s; use smaller networks or batches"
              .formatted(what, text(bytes), bound()));
    }
  }

  /** An amount as errors say it. */
  public static String text(double bytes) {
    return "%,.0f MiB".formatted(Math.ceil(bytes / MEBI));
  }
}
