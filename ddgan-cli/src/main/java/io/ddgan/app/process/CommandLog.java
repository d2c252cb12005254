package io.ddgan.app.process;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a command appends to its log.
 *
 * @param file the log, to which others may have written before
 * @param before bytes that were there before it started
 */
record CommandLog(Path file, long before) {

  private static final String OURS = "ddgan: ";

  /** A line of a stack trace, of Java's own words when it crashes, or one without a word. */
  private static final Pattern SAYS_NOTHING =
      Pattern.compile("\\s+at .*|\\s+\\.\\.\\. \\d+ more|#.*|[^\\p{L}]*");

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
        printed().lines().filter(line -> !SAYS_NOTHING.matcher(line).matches()).toList();
    return last(lines.stream().filter(line -> line.startsWith(OURS)))
        .map(line -> line.substring(OURS.length()))
        .or(() -> last(lines.stream()))
        .map(String::strip);
  }

  private String printed() throws IOException {
    byte[] all = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    int from = (int) Math.min(before, all.length);
    return new String(all, from, all.length - from, Charset.defaultCharset());
  }

  private static Optional<String> last(Stream<String> lines) {
    return lines.reduce((first, second) -> second);
  }
}
