package io.ddgan.app.presets;

import com.typesafe.config.Config;
import io.ddgan.api.RefusedException;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.config.PathName;
import io.ddgan.internal.config.Suggestion;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Configurations that come with the framework: resources {@code <folder>/<name>.conf}, named one a
 * line in {@code <folder>/index}. Each begins with a comment that says what it is.
 *
 * @param kind what they are, for people
 * @param folder folder of the resources
 */
public record Presets(String kind, String folder) {

  /** Experiments. */
  public static Presets presets() {
    return new Presets("preset", "presets");
  }

  /** Sweeps. */
  public static Presets sweeps() {
    return new Presets("built-in sweep", "sweeps");
  }

  /** Names of the configurations, in the order in which they are shown. */
  public List<String> names() {
    return read("index").lines().filter(line -> !line.isBlank()).toList();
  }

  /** What a configuration is, in one line. */
  public String summary(String name) {
    return read(name + ".conf").lines().findFirst().orElse("").replaceFirst("^#\\s*", "");
  }

  /**
   * Reads a configuration or, if none has that name, a file.
   *
   * @param folder the folder from which a relative name of a file goes out
   * @throws ConfigurationException if there is neither, or it has a syntax error
   */
  public Config ownOrFile(String name, Path folder) {
    List<String> names = names();
    if (names.contains(name)) {
      return Hocon.resource(
          Presets.class.getClassLoader(), "%s/%s.conf".formatted(this.folder, name));
    }
    Optional<Path> file =
        name.isBlank() ? Optional.empty() : Optional.of(file(name, folder)).filter(Files::exists);
    return Hocon.file(
        file.orElseThrow(
            () ->
                new ConfigurationException(
                    new Problem(
                        name.isBlank() ? "''" : name,
                        "",
                        "no such %s or file; %s"
                            .formatted(kind, Suggestion.forName(name, names))))));
  }

  private static Path file(String name, Path folder) {
    try {
      return folder.resolve(PathName.of(name));
    } catch (RefusedException e) {
      throw new ConfigurationException(new Problem("", "", e.getMessage()), e);
    }
  }

  /**
   * The name of a configuration or a file, without folder and ending.
   *
   * @throws RefusedException if it has none, as the root of the file system
   */
  public static String nameOf(String ownOrFile) {
    return Optional.ofNullable(PathName.of(ownOrFile).getFileName())
        .orElseThrow(() -> new RefusedException(ownOrFile + " is not a file"))
        .toString()
        .replaceFirst("\\.conf$", "");
  }

  private String read(String file) {
    String resource = "/%s/%s".formatted(folder, file);
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
