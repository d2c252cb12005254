package io.ddgan.train.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The machine's processor. */
final class Processor {

  private static final Path LINUX = Path.of("/proc/cpuinfo");

  /** Extensions that numerical code is chosen by. */
  private static final Pattern NUMERICAL =
      Pattern.compile("sse4_[12]|avx.*|fma|f16c|amx.*|asimd.*|sve.*|bf16|i8mm");

  private Processor() {}

  /** Its name, or that of its architecture. */
  static String name() {
    return line("model name").orElse(Environment.property("os.arch"));
  }

  /** Its extensions for numerical code, as Linux calls them. */
  static String instructionSets() {
    return line("flags")
        .or(() -> line("Features"))
        .map(
            flags ->
                Arrays.stream(flags.split(" +"))
                    .filter(flag -> NUMERICAL.matcher(flag).matches())
                    .sorted()
                    .collect(Collectors.joining(" ")))
        .orElse(Build.UNKNOWN);
  }

  private static Optional<String> line(String name) {
    if (!Files.isReadable(LINUX)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(LINUX)) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
