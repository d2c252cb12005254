package io.ddgan.app.process;

import io.ddgan.internal.file.FileErrors;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a process that failed has printed at its end, for people. */
final class LastWords {

  private static final String OURS = "ddgan: ";

  /** A line of a stack trace, or one without a word. */
  private static final Pattern SAYS_NOTHING =
      Pattern.compile("\\s+at .*|\\s+\\.\\.\\. \\d+ more|[^\\p{L}]*");

  /** The first line of what Java says when it crashes; the last ones say nothing. */
  private static final Pattern CRASH = Pattern.compile("# +((SIG|EXCEPTION_|Internal Error).*)");

  private LastWords() {}

  /**
   * The last line of a log that says something; of the program's own messages rather than of
   * others.
   *
   * @param before bytes of the log that earlier processes have written
   */
  static Optional<String> of(Path log, long before) throws IOException {
    try {
      byte[] printed = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
      int from = (int) Math.min(before, printed.length);
      return of(
          new String(Arrays.copyOfRange(printed, from, printed.length), Charset.defaultCharset()));
    } catch (IOException e) {
      throw FileErrors.reading(log, e);
    }
  }

  /** Bytes of a log that processes have written so far. */
  static long logged(Path log) throws IOException {
    return Files.exists(log) ? Files.size(log) : 0;
  }

  /** The last line of what was printed that says something. */
  static Optional<String> of(String printed) {
    List<String> lines =
        printed
            .lines()
            .filter(line -> !SAYS_NOTHING.matcher(line).matches())
            .map(String::strip)
            .toList();
    Optional<String> crash =
        lines.stream()
            .map(CRASH::matcher)
            .filter(line -> line.matches())
            .map(line -> "Java crashed: " + line.group(1))
            .findFirst();
    return crash
        .or(() -> last(lines.stream().filter(line -> line.startsWith(OURS)).toList()))
        .or(() -> last(lines))
        .map(line -> line.startsWith(OURS) ? line.substring(OURS.length()) : line);
  }

  private static Optional<String> last(List<String> lines) {
    return lines.stream().reduce((first, second) -> second);
  }
}
