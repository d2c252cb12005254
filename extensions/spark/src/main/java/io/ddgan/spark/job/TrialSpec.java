package io.ddgan.spark.job;

import java.io.Serializable;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A trial that is to be run. Paths are absolute, and those of the sweep's machine.
 *
 * @param name the trial's
 * @param directory in which its command is to be run
 * @param folder the run's
 * @param log receives what it prints
 * @param environment variables, as {@code NAME=value}
 * @param command what starts it
 */
public record TrialSpec(
    String name,
    String directory,
    String folder,
    String log,
    List<String> environment,
    List<String> command)
    implements Serializable {

  /** Copies the lists, to such as Java's serialization knows. */
  public TrialSpec {
    environment = List.copyOf(environment);
    command = List.copyOf(command);
  }

  /** Replaces a folder in a word that is that folder, or a path in it. */
  public static String moved(String word, String from, String to) {
    return word.equals(from) || word.startsWith(from + "/")
        ? to + word.substring(from.length())
        : word;
  }

  /** Writes it as a single word. */
  public String text() {
    return line(List.of(name, directory, folder, log, line(environment), line(command)));
  }

  /** Reads such a word. */
  public static TrialSpec of(String text) {
    List<String> words = words(text);
    return new TrialSpec(
        words.get(0),
        words.get(1),
        words.get(2),
        words.get(3),
        words(words.get(4)),
        words(words.get(5)));
  }

  /** Writes words with any letters on a line; a single empty word cannot be told from none. */
  public static String line(List<String> words) {
    return words.stream()
        .map(word -> URLEncoder.encode(word, StandardCharsets.UTF_8))
        .collect(Collectors.joining(" "));
  }

  /** Reads the words of a line. */
  public static List<String> words(String line) {
    return line.isEmpty()
        ? List.of()
        : Stream.of(line.split(" ", -1))
            .map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8))
            .toList();
  }
}
