package io.ddgan.cli;

import com.typesafe.config.Config;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Hocon;
import io.ddgan.config.Problem;
import io.ddgan.config.Suggestion;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The experiments that come with the framework: resources {@code presets/<name>.conf}, named one a
 * line in {@code presets/index}. A preset begins with a comment that says what it is.
 */
final class Presets {

  private static final String FOLDER = "/presets/";

  /** Names of the presets, in the order in which they are shown. */
  List<String> names() {
    return read(FOLDER + "index").lines().filter(line -> !line.isBlank()).toList();
  }

  /** What a preset is, in one line. */
  String summary(String name) {
    return text(name).lines().findFirst().orElse("").replaceFirst("^#\\s*", "");
  }

  /** The text of a preset. */
  private static String text(String name) {
    return read(FOLDER + name + ".conf");
  }

  /**
   * Reads a preset or, if none has that name, a file.
   *
   * @throws ConfigurationException if there is neither, or it has a syntax error
   */
  Config presetOrFile(String name) {
    List<String> names = names();
    if (names.contains(name)) {
      return Hocon.resource(Presets.class.getClassLoader(), "presets/" + name + ".conf");
    }
    Path file = Path.of(name);
    if (!Files.exists(file)) {
      throw new ConfigurationException(
          List.of(
              new Problem(name, "", "no such preset or file; " + Suggestion.forName(name, names))));
    }
    return Hocon.file(file);
  }

  private static String read(String resource) {
    try (InputStream in = Presets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException("missing resource " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
