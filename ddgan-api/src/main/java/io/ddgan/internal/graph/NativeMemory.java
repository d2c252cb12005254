package io.ddgan.internal.graph;

import com.sun.management.OperatingSystemMXBean;
import io.ddgan.api.RefusedException;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory outside of Java's heap. The native library ends the process where it asks the system for
 * more than there is, so that whoever takes much asks here before.
 *
 * @param left bytes that this process may still take
 * @param bound why it may take no more, as a clause for errors
 * @param remedy what to do where it needs more, for errors
 */
public record NativeMemory(double left, String bound, String remedy) {

  private static final double MEBI = 1 << 20;

  /** Addresses for what nobody asks for here: Java's own, and what operations take on the way. */
  private static final double OTHERS = 256 * MEBI;

  /** Fewer bytes than this are among them, as asking the system takes time. */
  private static final double LITTLE = 4 * MEBI;

  private static final String SMALLER = "use smaller networks or batches";

  /** What this process may have now. */
  public static NativeMemory now() {
    return within(AddressSpace.bound());
  }

  /** What this process may have now, where its addresses are bounded, too. */
  static NativeMemory within(Optional<AddressSpace> addresses) {
    long machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    long allowed = Pointer.maxPhysicalBytes(); // 0 for no bound
    long most = allowed > 0 ? Math.min(allowed, machine) : machine;
    double left = (double) (most - Pointer.physicalBytes());
    return addresses
        .filter(space -> (double) space.left() - OTHERS < left)
        .map(NativeMemory::of)
        .orElseGet(
            () ->
                new NativeMemory(
                    left,
                    "this process may have %s in all".formatted(text((double) most)),
                    SMALLER));
  }

  private static NativeMemory of(AddressSpace space) {
    double left = Math.max(0, (double) space.left() - OTHERS);
    return new NativeMemory(
        left,
        "of the %s of address space that ulimit -v allows this process %s are left for arrays"
            .formatted(text((double) space.limit()), text(left)),
        SMALLER + ", or raise that limit");
  }

  /**
   * Makes sure that this process can take memory.
   *
   * @param what what is going to be there, in the plural
   * @throws RefusedException if it may not have so much more; the message says what to do
   */
  static void require(double bytes, String what) {
    if (bytes >= LITTLE) {
      now().requireLeft(bytes, what);
    }
  }

  /** As {@link #require}, of the memory that this is. */
  void requireLeft(double bytes, String what) {
    if (bytes > left) {
      throw new RefusedException(
          "%s take %s of memory, and %s; %s".formatted(what, text(bytes), bound, remedy));
    }
  }

  /** An amount as errors say it. */
  public static String text(double bytes) {
    return "%,.0f MiB".formatted(Math.ceil(bytes / MEBI));
  }
}
