package io.ddgan.spark.job;

import java.io.Serializable;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A trial to run. Paths are absolute, on the sweep's machine.
 *
 * @param name the trial's name
 * @param directory working directory of the command
 * @param folder the run's folder
 * @param log file for the output
 * @param environment variables, as {@code NAME=value}
 * @param command the command line
 */
public record TrialSpec(
    String name,
    String directory,
    String folder,
    String log,
    List<String> environment,
    List<String> command)
    implements Serializable {

  /** Copies the lists to serializable ones. */
  public TrialSpec {
    environment = List.copyOf(environment);
    command = List.copyOf(command);
  }

  /** Replaces a folder if the word is that folder or a path in it. */
  public static String moved(String word, String from, String to) {
    return word.equals(from) || word.startsWith(from + "/")
        ? to + word.substring(from.length())
        : word;
  }

  /** Encodes the trial as a single word. */
  public String text() {
    return line(List.of(name, directory, folder, log, line(environment), line(command)));
  }

  /** Decodes a trial. */
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

  /** Encodes words as a line; a single empty word cannot be distinguished from none. */
  public static String line(List<String> words) {
    return words.stream()
        .map(word -> URLEncoder.encode(word, StandardCharsets.UTF_8))
        .collect(Collectors.joining(" "));
  }

  /** Decodes the words of a line. */
  public static List<String> words(String line) {
    return line.isEmpty()
        ? List.of()
        : Stream.of(line.split(" ", -1))
            .map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8))
            .toList();
  }
}
