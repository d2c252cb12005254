package io.ddgan.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads files of Linux with lines like {@code MemAvailable: 1024 kB}. */
public final class ProcFile {

  private static final long KIBIBYTE = 1024;

  private ProcFile() {}

  /**
   * Returns the value of the first line that begins with a name; empty without such a file or line.
   */
  public static Optional<String> fact(Path file, String name) {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns a value given in kB, in bytes. */
  public static Optional<Long> bytes(Path file, String name) {
    return fact(file, name).map(size -> Long.parseLong(size.replaceAll("\\D", "")) * KIBIBYTE);
  }
}
