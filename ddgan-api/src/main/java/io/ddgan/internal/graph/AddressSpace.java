package io.ddgan.internal.graph;

import io.ddgan.internal.file.ProcFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound on what this process may map, which {@code ulimit -v} sets.
 *
 * @param limit addresses that it may have, in bytes
 * @param used those that it has, in bytes
 */
public record AddressSpace(long limit, long used) {

  private static final Path SELF = Path.of("/proc/self");
  private static final Pattern LIMIT = Pattern.compile("Max address space +(\\d+) .*");

  /** The bound of this process, if it has one and the system tells it. */
  public static Optional<AddressSpace> bound() {
    return bound(SELF);
  }

  /** The bound of the process that a folder of {@code /proc} is about. */
  static Optional<AddressSpace> bound(Path process) {
    return ProcFile.fact(process.resolve("limits"), "Max address space")
        .map(LIMIT::matcher)
        .filter(Matcher::matches)
        .map(line -> Long.parseLong(line.group(1)))
        .flatMap(
            limit ->
                ProcFile.bytes(process.resolve("status"), "VmSize")
                    .map(used -> new AddressSpace(limit, used)));
  }

  /** Bytes that it may still have. */
  public long left() {
    return limit - used;
  }
}
