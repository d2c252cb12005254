package io.ddgan.app.environment;

import io.ddgan.internal.file.ProcFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The machine's processor. */
final class Processor {

  private static final Path LINUX = Path.of("/proc/cpuinfo");

  /** Extensions that numerical code is chosen by. */
  private static final Pattern NUMERICAL =
      Pattern.compile("sse4_[12]|avx.*|fma|f16c|amx.*|asimd.*|sve.*|bf16|i8mm");

  private Processor() {}

  /** Its name, or that of its architecture. */
  static String name() {
    return ProcFile.fact(LINUX, "model name")
        .orElseGet(() -> System.getProperty("os.arch", EnvironmentInfo.UNKNOWN));
  }

  /** Its extensions for numerical code, as Linux calls them. */
  static String instructionSets() {
    return ProcFile.fact(LINUX, "flags")
        .or(() -> ProcFile.fact(LINUX, "Features"))
        .map(
            flags ->
                Arrays.stream(flags.split(" +"))
                    .filter(flag -> NUMERICAL.matcher(flag).matches())
                    .sorted()
                    .collect(Collectors.joining(" ")))
        .orElse(EnvironmentInfo.UNKNOWN);
  }
}
