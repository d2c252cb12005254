package io.ddgan.spark.job;

import java.io.Serializable;
import java.util.List;

/**
 * A trial that is to be run. Paths are absolute, and those of the sweep's machine.
 *
 * @param name the trial's
 * @param directory in which its command is to be run
 * @param folder the run's
 * @param log takes what it prints
 * @param environment variables, as {@code NAME=value}
 * @param command what starts it
 */
public record Order(
    String name,
    String directory,
    String folder,
    String log,
    List<String> environment,
    List<String> command)
    implements Serializable {

  /** Lists that Java's serialization knows. */
  public Order {
    environment = List.copyOf(environment);
    command = List.copyOf(command);
  }

  /** A word with another folder in place of one, if it is that folder or a path in it. */
  public static String moved(String word, String from, String to) {
    return word.equals(from) || word.startsWith(from + "/")
        ? to + word.substring(from.length())
        : word;
  }

  /** Its line. */
  public String line() {
    return Words.line(
        List.of(name, directory, folder, log, Words.line(environment), Words.line(command)));
  }

  /** What a line says. */
  public static Order of(String line) {
    List<String> words = Words.of(line);
    return new Order(
        words.get(0),
        words.get(1),
        words.get(2),
        words.get(3),
        Words.of(words.get(4)),
        Words.of(words.get(5)));
  }
}
