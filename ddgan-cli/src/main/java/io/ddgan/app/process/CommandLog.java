package io.ddgan.app.process;

import io.ddgan.internal.file.FileErrors;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command appends to its log.
 *
 * @param file the log, to which others may have written before
 * @param before bytes that were there before it started
 */
record CommandLog(Path file, long before) {

  private static final String OURS = "ddgan: ";

  /** A line of a stack trace, or one without a word. */
  private static final Pattern SAYS_NOTHING =
      Pattern.compile("\\s+at .*|\\s+\\.\\.\\. \\d+ more|[^\\p{L}]*");

  /** The first line of what Java says when it crashes; the last ones say nothing. */
  private static final Pattern CRASH = Pattern.compile("# +((SIG|EXCEPTION_|Internal Error).*)");

  /** The log of a command that is about to start. */
  static CommandLog of(Path file) throws IOException {
    return new CommandLog(file, Files.exists(file) ? Files.size(file) : 0);
  }

  /**
   * The last line that says something; of the program's own messages rather than of others.
   *
   * @throws IOException if the log cannot be read
   */
  Optional<String> lastWords() throws IOException {
    List<String> lines =
        printed()
            .lines()
            .filter(line -> !SAYS_NOTHING.matcher(line).matches())
            .map(String::strip)
            .toList();
    Optional<String> crash =
        lines.stream()
            .map(CRASH::matcher)
            .filter(Matcher::matches)
            .map(line -> "Java crashed: " + line.group(1))
            .findFirst();
    return crash
        .or(() -> last(lines.stream().filter(line -> line.startsWith(OURS)).toList()))
        .or(() -> last(lines))
        .map(line -> line.startsWith(OURS) ? line.substring(OURS.length()) : line);
  }

  private String printed() throws IOException {
    try {
      byte[] all = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      int from = (int) Math.min(before, all.length);
      return new String(Arrays.copyOfRange(all, from, all.length), Charset.defaultCharset());
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  private static Optional<String> last(List<String> lines) {
    return lines.stream().reduce((first, second) -> second);
  }
}
