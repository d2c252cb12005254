package io.ddgan.cli.environment;

import io.ddgan.train.run.ProcFile;
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
record AddressSpace(long limit, long used) {

  private static final Path SELF = Path.of("/proc/self");
  private static final Pattern LIMIT = Pattern.compile("Max address space +(\\d+) .*");

  private static final long MEBIBYTE = 1L << 20;

  /** The library itself, its buffers of one thread, and arrays of small networks. */
  private static final long LIBRARY = 1024 * MEBIBYTE;

  /** OpenBLAS has a buffer of 128 MiB for every thread, the C library a heap. */
  private static final long THREAD = 192 * MEBIBYTE;

  /** The bound of this process, if it has one and the system tells it. */
  static Optional<AddressSpace> bound() {
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

  /**
   * Why the library cannot compute within it; empty if it can. Where there is too little, it asks
   * for its buffers for ever instead of failing.
   */
  Optional<String> problem(int threads) {
    long needed = LIBRARY + threads * THREAD;
    return limit - used >= needed
        ? Optional.empty()
        : Optional.of(
            "this process may have %d MiB of address space, of which Java has %d, and computing in %d threads needs %d more; raise the limit with ulimit -v, or let Java have less, such as with DDGAN_OPTS=-Xmx500m"
                .formatted(limit / MEBIBYTE, used / MEBIBYTE, threads, needed / MEBIBYTE));
  }
}
