package io.ddgan.app.process;

import io.ddgan.app.environment.AppFolders;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How this program was called, so that the commands that it names can be called as they stand. */
public final class Invocation {

  /** System property with the word that the launcher was called by, such as {@code ./ddgan}. */
  public static final String PROPERTY = "ddgan.command";

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./\\\\-]+");

  private final AppFolders places;

  @Inject
  public Invocation(AppFolders places) {
    this.places = places;
  }

  /** The word that the program was called by; {@code ddgan} if no launcher says it. */
  public static String program() {
    return System.getProperty(PROPERTY, "ddgan");
  }

  /**
   * A command line for the user's shell, with the common options that this process was given.
   *
   * @param words the command and its arguments: texts, paths, numbers
   */
  public String of(List<?> words) {
    List<String> all = new ArrayList<>(places.words());
    all.addAll(0, words.stream().map(Object::toString).toList());
    return again(all);
  }

  /**
   * The command line that this process was given.
   *
   * @param arguments all that it was given
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
