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
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads configurations, and lays one over another. */
public final class Hocon {

  /** A key, and another one where its value should be. */
  private static final Pattern BROKEN_UP = Pattern.compile("[\\w.-]+=[\\w.-]+=.*");

  /** A value that is no HOCON for one of its signs alone, such as {@code runs/a@800}. */
  private static final Pattern PLAIN =
      Pattern.compile("([\\w.-]+)=([^\\[\\]{}\"$,#=]*[@?!^*&`\\\\][^\\[\\]{}\"$,#=]*)");

  private Hocon() {}

  /**
   * Reads a file, which may include its neighbours; substitutions may refer to the file itself and
   * to environment variables. What it says is laid over what it includes as {@link #layer} does.
   *
   * @throws ConfigurationException if it cannot be read, has a syntax error, or gives a component's
   *     name and keys in lines of which HOCON would drop one
   */
  public static Config file(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new ConfigurationException(new Problem(file.toString(), "", missing(file)));
    }
    ConfigParseOptions options = options(IncludedSource.of(file), file.toString());
    // the parser looks for includes in the folder of the name, which must have one for that
    Path named = Path.of(".").resolve(file);
    return parsed(
        file.toString(),
        () ->
            Includes.parse(
                options,
                o -> ConfigFactory.parseFile(named.toFile(), o),
                merged -> requireNoneLost(file, merged)));
  }

  private static void requireNoneLost(Path file, Config merged) {
    ConfigurationException.throwIfAny(LostLines.of(read(file), merged, file.toString()));
  }

  private static ConfigParseOptions options(IncludedSource source, String origin) {
    return ConfigParseOptions.defaults()
        .setIncluder(new StrictIncluder(source))
        .setOriginDescription(origin);
  }

  /** A configuration as the text of a file. */
  public static String render(Config config) {
    return config
        .root()
        .render(ConfigRenderOptions.defaults().setJson(false).setOriginComments(false));
  }

  private static Config parsed(String source, Supplier<Config> parser) {
    try {
      return parser.get();
    } catch (ConfigException e) {
      throw new ConfigurationException(Origins.problem(e, source));
    } catch (StackOverflowError e) { // the parser calls itself for each brace, bracket and dot
      throw new ConfigurationException(
          new Problem(source, "", "has too many braces, brackets or dots within each other"));
    } catch (OutOfMemoryError e) { // the parser puts texts and lists together as a whole
      throw new ConfigurationException(
          new Problem(
              source,
              "",
              "does not fit in memory where all ${...} are written out; let fewer of them refer to each other"),
          e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ConfigurationException(
          new Problem(file.toString(), "", FileErrors.reading(file, e).getMessage()));
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
    ConfigParseOptions options = options(IncludedSource.of(origin), origin);
    return parsed(
        origin,
        () -> Expansion.require(ConfigFactory.parseString(text, options).resolve(), origin));
  }

  /**
   * Reads a resource, which may include its neighbours, as {@link #file} does.
   *
   * @param name path of the resource, without a leading slash
   * @throws ConfigurationException if there is none, or it has a syntax error
   */
  public static Config resource(ClassLoader loader, String name) {
    ConfigParseOptions options =
        options(IncludedSource.of(name), name).setClassLoader(loader).setAllowMissing(false);
    return parsed(
        name,
        () -> Includes.parse(options, o -> ConfigFactory.parseResources(name, o), merged -> {}));
  }

  /**
   * Reads the overrides of a command line. Later ones win.
   *
   * @param overrides each {@code key=value} with the value in HOCON
   * @throws ConfigurationException if any is malformed; it names them all
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
      throw new ConfigurationException(
          Problem.onCommandLine(override, "expected an override as key=value"));
    }
    try {
      return text(override, Origins.COMMAND_LINE);
    } catch (ConfigurationException e) {
      Matcher plain = PLAIN.matcher(override);
      if (plain.matches()) {
        String quoted = plain.group(1) + "=" + ConfigUtil.quoteString(plain.group(2));
        return text(quoted, Origins.COMMAND_LINE);
      }
      if (BROKEN_UP.matcher(override).matches()) {
        throw new ConfigurationException(
            Problem.onCommandLine(
                override,
                "has two =, as a shell makes of { , } without quotes; write the whole in quotes, such as 'data={type=cifar10,folder=data}'"),
            e);
      }
      throw new ConfigurationException(
          e.problems().stream().map(p -> new Problem(p.origin(), override, p.message())).toList());
    }
  }

  /**
   * Lays a configuration over another. Objects are merged key by key, except that a component of
   * another {@code type} replaces the one beneath as a whole. A string over or under an object is
   * its type: {@code schedule = vp} over {@code schedule { type = vp, steps = 2 }} keeps the steps.
   * What is missing in the result is missing in the file that lies uppermost.
   *
   * @throws ConfigurationException if single keys are laid over a list; it names them all
   */
  public static Config layer(Config over, Config under) {
    List<Problem> problems = new ArrayList<>();
    ConfigObject layered = new Layering(problems).layer(over.root(), under.root(), "");
    ConfigurationException.throwIfAny(problems);
    boolean isFile = Origins.isFile(over.origin());
    return layered.withOrigin(isFile ? over.origin() : under.origin()).toConfig();
  }

  /** What a configuration was read from, such as {@code my.conf}. */
  public static String source(Config config) {
    return Origins.source(config.origin());
  }

  /** Where a value was written, such as {@code my.conf:12}. */
  public static String place(ConfigValue value) {
    return Origins.place(value.origin());
  }

  private static String missing(Path file) {
    if (Files.isDirectory(file)) {
      return "a folder; give a file";
    }
    return Files.exists(file) ? "not a readable file" : "no such file";
  }
}
