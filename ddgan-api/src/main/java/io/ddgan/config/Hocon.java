package io.ddgan.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads configurations, and lays one over another. */
public final class Hocon {

  private static final String TYPE = "type";

  private Hocon() {}

  /**
   * Reads a file; substitutions may refer to the file itself and to environment variables.
   *
   * @throws ConfigurationException if it cannot be read or has a syntax error
   */
  public static Config file(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      String reason = Files.exists(file) ? "not a readable file" : "no such file";
      throw new ConfigurationException(List.of(new Problem(file.toString(), "", reason)));
    }
    try {
      return ConfigFactory.parseFile(file.toFile()).resolve();
    } catch (ConfigException e) {
      throw new ConfigurationException(List.of(Origins.problem(e, file.toString())));
    }
  }

  /**
   * Reads a text.
   *
   * @param text the text in HOCON
   * @param origin what errors call it, such as the name of the resource that it comes from
   * @throws ConfigurationException if it has a syntax error
   */
  public static Config text(String text, String origin) {
    try {
      ConfigParseOptions options = ConfigParseOptions.defaults().setOriginDescription(origin);
      return ConfigFactory.parseString(text, options).resolve();
    } catch (ConfigException e) {
      throw new ConfigurationException(List.of(Origins.problem(e, origin)));
    }
  }

  /**
   * Reads a resource, which may include its neighbours.
   *
   * @param name path of the resource, without a leading slash
   * @throws ConfigurationException if there is none, or it has a syntax error
   */
  public static Config resource(ClassLoader loader, String name) {
    try {
      ConfigParseOptions options =
          ConfigParseOptions.defaults()
              .setClassLoader(loader)
              .setAllowMissing(false)
              .setOriginDescription(name);
      return ConfigFactory.parseResources(name, options).resolve();
    } catch (ConfigException e) {
      throw new ConfigurationException(List.of(Origins.problem(e, name)));
    }
  }

  /**
   * Reads the overrides of a command line. Later ones win.
   *
   * @param overrides each {@code key=value} with the value in HOCON
   * @throws ConfigurationException if any is malformed; it names them all
   */
  public static Config overrides(List<String> overrides) {
    List<Problem> problems = new ArrayList<>();
    Config all = ConfigFactory.empty();
    for (String override : overrides) {
      try {
        all = layer(override(override), all);
      } catch (ConfigurationException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return all;
  }

  private static Config override(String override) {
    if (override.indexOf('=') < 1) {
      throw new ConfigurationException(
          List.of(
              new Problem(Origins.COMMAND_LINE, override, "expected an override as key=value")));
    }
    try {
      return text(override, Origins.COMMAND_LINE);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(
          e.problems().stream().map(p -> new Problem(p.origin(), override, p.message())).toList());
    }
  }

  /**
   * Lays a configuration over another. Objects are merged key by key, except that a component of
   * another {@code type} replaces the one beneath as a whole: the keys of the one mean nothing to
   * the other.
   */
  public static Config layer(Config over, Config under) {
    return layer(over.root(), under.root()).toConfig();
  }

  /** Where a value was written, such as {@code my.conf:12}. */
  public static String place(ConfigValue value) {
    return Origins.place(value.origin());
  }

  static ConfigObject layer(ConfigObject over, ConfigObject under) {
    if (over.isEmpty()) {
      return under;
    }
    if (under.isEmpty() || isAnotherType(over, under)) {
      return over;
    }
    ConfigObject merged =
        Origins.isCommandLine(over.origin()) ? over.withOrigin(under.origin()) : over;
    for (Map.Entry<String, ConfigValue> entry : under.entrySet()) {
      ConfigValue above = over.get(entry.getKey());
      if (above == null) {
        merged = merged.withValue(entry.getKey(), entry.getValue());
      } else if (above instanceof ConfigObject a && entry.getValue() instanceof ConfigObject b) {
        merged = merged.withValue(entry.getKey(), layer(a, b));
      }
    }
    return merged;
  }

  private static boolean isAnotherType(ConfigObject over, ConfigObject under) {
    Optional<Object> type = typeOf(over);
    return type.isPresent() && typeOf(under).isPresent() && !type.equals(typeOf(under));
  }

  private static Optional<Object> typeOf(ConfigObject object) {
    return Optional.ofNullable(object.get(TYPE)).map(ConfigValue::unwrapped);
  }
}
