package io.ddgan.app.process;

import io.ddgan.app.environment.AppFolders;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The way this program was called, for printing commands that can be run as they are. */
public final class Invocation {

  /** System property with the name the launcher script was called by, such as {@code ./ddgan}. */
  public static final String PROPERTY = "ddgan.command";

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./\\\\-]+");

  private final AppFolders places;

  @Inject
  public Invocation(AppFolders places) {
    this.places = places;
  }

  /** Returns the name the program was called by; {@code ddgan} if unknown. */
  public static String program() {
    return System.getProperty(PROPERTY, "ddgan");
  }

  /**
   * Returns a command line for the user's shell, with the common options of this process.
   *
   * @param words the command and its arguments: texts, paths, numbers
   */
  public String of(List<?> words) {
    List<String> all = new ArrayList<>(places.words());
    all.addAll(0, words.stream().map(Object::toString).toList());
    return again(all);
  }

  /**
   * Returns the command line of this process.
   *
   * @param arguments all arguments
   */
  public String again(List<String> arguments) {
    return Stream.concat(Stream.of(program()), arguments.stream())
        .map(Invocation::quoted)
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
