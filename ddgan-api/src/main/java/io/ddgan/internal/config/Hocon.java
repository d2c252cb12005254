package io.ddgan.internal.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Origins;
import io.ddgan.config.Problem;
import io.ddgan.internal.file.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads configurations and merges them. */
public final class Hocon {

  /** A value that has to be quoted for a reserved character alone, such as {@code runs/a@800}. */
  private static final Pattern PLAIN =
      Pattern.compile("([\\w.-]+)=([^\\[\\]{}\"$,#=]*[@?!^*&`\\\\][^\\[\\]{}\"$,#=]*)");

  private Hocon() {}

  /**
   * Reads a file. Includes and substitutions work as in HOCON, but a missing include is an error.
   * Paths are relative to the working folder; {@code ${here}} is the absolute folder of the file.
   *
   * @throws ConfigurationException if it cannot be read or has a syntax error
   */
  public static Config file(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new ConfigurationException(new Problem(file.toString(), "", missing(file)));
    }
    try {
      String unused = Files.readString(file);
    } catch (IOException e) {
      throw new ConfigurationException(
          new Problem(file.toString(), "", FileErrors.reason(file, e)), e);
    }
    // the parser resolves includes against the parent folder of the name, so the name needs one
    Path named = Path.of(".").resolve(file);
    String here = file.toAbsolutePath().normalize().getParent().toString();
    return parsed(
        file.toString(),
        options -> {
          Config written = ConfigFactory.parseFile(named.toFile(), options);
          Config all = written.withFallback(ConfigFactory.parseMap(Map.of("here", here)));
          return all.resolve().withoutPath("here").root().withOrigin(written.origin()).toConfig();
        });
  }

  /** Renders a configuration as the text of a file. */
  public static String render(Config config) {
    return config
        .root()
        .render(ConfigRenderOptions.defaults().setJson(false).setOriginComments(false));
  }

  private static Config parsed(String source, Function<ConfigParseOptions, Config> parser) {
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setIncluder(new StrictIncluder(null))
            .setOriginDescription(source)
            .setAllowMissing(false);
    try {
      return parser.apply(options).resolve();
    } catch (ConfigException.IO e) {
      String included = e.getMessage().split(": ", 2)[0]; // the details follow
      throw new ConfigurationException(
          new Problem(source, "", "cannot read the included " + included), e);
    } catch (ConfigException e) {
      throw new ConfigurationException(Origins.problem(e, source));
    }
  }

  /** Parses a text; errors name its origin. */
  public static Config text(String text, String origin) {
    return parsed(origin, options -> ConfigFactory.parseString(text, options));
  }

  /** Reads a resource by its path without a leading slash, as {@link #file} does. */
  public static Config resource(ClassLoader loader, String name) {
    return parsed(
        name, options -> ConfigFactory.parseResources(name, options.setClassLoader(loader)));
  }

  /**
   * Parses the overrides of a command line, each {@code key=value} with the value in HOCON. Later
   * ones win. A ConfigurationException names all malformed ones.
   */
  public static Config overrides(List<String> overrides) {
    List<Problem> problems = new ArrayList<>();
    Config all = ConfigFactory.empty(Origins.COMMAND_LINE);
    for (String override : overrides) {
      try {
        all = layer(override(override), all);
      } catch (ConfigurationException e) {
        problems.addAll(e.problems());
      }
    }
    ConfigurationException.throwIfAny(problems);
    return all;
  }

  private static Config override(String override) {
    if (override.indexOf('=') < 1) {
      throw new ConfigurationException(Problem.onCommandLine(override, "expected key=value"));
    }
    try {
      return text(override, Origins.COMMAND_LINE);
    } catch (ConfigurationException e) {
      Matcher plain = PLAIN.matcher(override);
      if (plain.matches()) {
        String quoted = plain.group(1) + "=" + ConfigUtil.quoteString(plain.group(2));
        return text(quoted, Origins.COMMAND_LINE);
      }
      throw new ConfigurationException(
          e.problems().stream().map(p -> new Problem(p.origin(), override, p.message())).toList());
    }
  }

  /**
   * Merges two configurations; the first one wins. Objects are merged key by key, but a component
   * of another {@code type} replaces the whole component. A string merged with an object is its
   * type: {@code schedule = vp} over {@code schedule { type = vp, steps = 2 }} keeps the steps.
   * Errors about missing keys name the topmost file.
   *
   * @throws ConfigurationException if single keys override a list; names them all
   */
  public static Config layer(Config over, Config under) {
    List<Problem> problems = new ArrayList<>();
    ConfigObject layered = new Layering(problems).layer(over.root(), under.root(), "");
    ConfigurationException.throwIfAny(problems);
    boolean isFile = Origins.isFile(over.origin());
    return layered.withOrigin(isFile ? over.origin() : under.origin()).toConfig();
  }

  /** Returns the source of a configuration, such as {@code my.conf}. */
  public static String source(Config config) {
    return Origins.source(config.origin());
  }

  /** Returns the place of a value, such as {@code my.conf:12}. */
  public static String place(ConfigValue value) {
    return Origins.place(value.origin());
  }

  private static String missing(Path file) {
    if (Files.isDirectory(file)) {
      return "is a folder; give a file";
    }
    return Files.exists(file) ? "not a readable file" : "no such file";
  }
}
