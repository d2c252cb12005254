package io.ddgan.app.presets;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import io.ddgan.api.RefusedException;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.config.PathName;
import io.ddgan.internal.config.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Configurations that come with ddgan: resources {@code <folder>/<name>.conf}, listed in {@code
 * <folder>/index}. The first line of each is a comment with its summary.
 *
 * @param kind the kind of configuration, for messages
 * @param folder folder of the resources
 */
public record Presets(String kind, String folder) {

  private static final Presets EXPERIMENTS = new Presets("preset", "presets");
  private static final String BASE = "base";

  /** The maximum depth of bases; deeper ones are a cycle. */
  private static final int MOST_BASES = 20;

  /** Returns the presets of experiments. */
  public static Presets presets() {
    return EXPERIMENTS;
  }

  /** Returns the built-in sweeps. */
  public static Presets sweeps() {
    return new Presets("built-in sweep", "sweeps");
  }

  /** Returns the names, in display order. */
  public List<String> names() {
    return read("index").lines().filter(line -> !line.isBlank()).toList();
  }

  /** Returns the summary of a configuration. */
  public String summary(String name) {
    return read(name + ".conf").lines().findFirst().orElse("").replaceFirst("^#\\s*", "");
  }

  /**
   * Reads a configuration by name, else a file.
   *
   * @param from the folder that relative file names are resolved against
   * @throws ConfigurationException if neither exists, or it has a syntax error
   */
  public Config ownOrFile(String name, Path from) {
    return find(name, from)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    new Problem(name.isBlank() ? "''" : name, "", missing(name))));
  }

  /**
   * Reads an experiment, whose keys override those of its {@code base}. A base may have a base.
   *
   * @param presetOrFile name of a preset, or a file
   * @param from the folder that relative file names are resolved against
   * @return the written keys, without {@code base}
   * @throws ConfigurationException if it or a base is missing, or has a syntax error
   */
  public static Config experiment(String presetOrFile, Path from) {
    return onBase(presetOrFile, from, EXPERIMENTS.ownOrFile(presetOrFile, from), MOST_BASES);
  }

  private static Config onBase(String name, Path from, Config written, int most) {
    ConfigValue value = written.root().get(BASE);
    if (value == null) {
      return written;
    }
    if (!(value.unwrapped() instanceof String base)) {
      throw refusal(value, "must be the name of a preset or a file");
    }
    if (most == 0) {
      throw refusal(value, base + " is based on itself");
    }
    Path parent = Optional.ofNullable(file(name, from).getParent()).orElse(Path.of(""));
    Config under =
        EXPERIMENTS
            .find(base, parent)
            .orElseThrow(() -> refusal(value, base + ": " + EXPERIMENTS.missing(base)));
    return Hocon.layer(written.withoutPath(BASE), onBase(base, parent, under, most - 1));
  }

  private static ConfigurationException refusal(ConfigValue base, String message) {
    return new ConfigurationException(Problem.at(base, BASE, message));
  }

  private String missing(String name) {
    return "no such %s or file; %s".formatted(kind, Suggestion.forName(name, names()));
  }

  /** Does the same; empty if neither exists. */
  public Optional<Config> find(String name, Path from) {
    if (names().contains(name)) {
      return Optional.of(
          Hocon.resource(
              Presets.class.getClassLoader(), "%s/%s.conf".formatted(this.folder, name)));
    }
    return name.isBlank()
        ? Optional.empty()
        : Optional.of(file(name, from)).filter(Files::exists).map(Hocon::file);
  }

  private static Path file(String name, Path from) {
    try {
      return from.resolve(PathName.of(name));
    } catch (RefusedException e) {
      throw new ConfigurationException(new Problem("", "", e.getMessage()), e);
    }
  }

  /**
   * Returns the name of a configuration or a file, without folder and extension.
   *
   * @throws RefusedException if it has none, such as the root of the file system
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
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
