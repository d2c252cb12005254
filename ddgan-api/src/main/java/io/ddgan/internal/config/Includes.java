package io.ddgan.internal.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Lays what a file says over the files that it includes by the rules of {@link Layering}, as the
 * command line is laid over a file. HOCON itself would merge all keys, those of another type too.
 *
 * <p>The file is parsed twice. As HOCON has it, for the values of substitutions; and with each
 * included file apart, below a key of its own, see {@link MarkingIncluder}.
 */
final class Includes {

  private final Layering layering;
  private final ConfigObject merged;

  private Includes(Layering layering, ConfigObject merged) {
    this.layering = layering;
    this.merged = merged;
  }

  /**
   * Parses and resolves a configuration.
   *
   * @param parse parses it with the options that it is given
   * @param check sees what HOCON itself makes of it, and may refuse it
   * @throws ConfigurationException if single keys are laid over a list; it names them all; or if
   *     its substitutions multiply beyond measure
   * @throws ConfigException if it has a syntax error, or a substitution has no value
   */
  static Config parse(
      ConfigParseOptions options,
      Function<ConfigParseOptions, Config> parse,
      Consumer<Config> check) {
    Config merged =
        Expansion.require(parse.apply(options).resolve(), options.getOriginDescription());
    check.accept(merged);
    ConfigObject apart = parse.apply(options.prependIncluder(new MarkingIncluder())).root();
    List<Problem> problems = new ArrayList<>();
    ConfigObject layered =
        new Includes(new Layering(problems), merged.root()).object(apart, List.of());
    ConfigurationException.throwIfAny(problems);
    return layered.toConfig();
  }

  private ConfigObject object(ConfigObject object, List<String> path) {
    Map<String, ConfigValue> written = new LinkedHashMap<>();
    Map<Integer, ConfigObject> includes = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      Optional<Integer> number = MarkingIncluder.number(entry.getKey());
      if (number.isPresent()) {
        includes.put(number.get(), object((ConfigObject) entry.getValue(), path));
      } else {
        value(entry.getValue(), append(path, entry.getKey()))
            .ifPresent(value -> written.put(entry.getKey(), value));
      }
    }
    ConfigObject own = ConfigValueFactory.fromMap(written).withOrigin(object.origin());
    String name = String.join(".", path);
    ConfigObject included = ConfigFactory.empty().root();
    for (ConfigObject include : includes.values()) {
      included = layering.layer(include, included, name);
    }
    return layering
        .layer(outlasting(own, included, path), included, name)
        .withOrigin(object.origin());
  }

  /** What a file says, without what it includes only after it has said something else. */
  private ConfigObject outlasting(ConfigObject own, ConfigObject included, List<String> path) {
    Map<String, ConfigValue> kept = new LinkedHashMap<>(own);
    for (Map.Entry<String, ConfigValue> entry : own.entrySet()) {
      String key = entry.getKey();
      ConfigValue other = included.get(key);
      List<String> name = append(path, key);
      if (entry.getValue() instanceof ConfigObject mine && other instanceof ConfigObject theirs) {
        kept.put(key, outlasting(mine, theirs, name));
      } else if (other != null && isFinal(other, name) && !isFinal(entry.getValue(), name)) {
        kept.remove(key);
      }
    }
    return ConfigValueFactory.fromMap(kept).withOrigin(own.origin());
  }

  private boolean isFinal(ConfigValue value, List<String> path) {
    return merged(path).filter(last -> last.origin().equals(value.origin())).isPresent();
  }

  /** The value that a file writes; empty if it is a substitution without a value. */
  private Optional<ConfigValue> value(ConfigValue written, List<String> path) {
    if (written instanceof ConfigObject object && !isDelayed(object)) {
      return Optional.of(object(object, path));
    }
    if (!isResolved(written)) {
      return merged(path);
    }
    if (written instanceof ConfigList list) {
      List<ConfigValue> elements = list.stream().map(element -> element(element, path)).toList();
      return Optional.of(ConfigValueFactory.fromIterable(elements).withOrigin(list.origin()));
    }
    return Optional.of(written);
  }

  private ConfigValue element(ConfigValue element, List<String> path) {
    return element instanceof ConfigObject object ? object(object, path) : element;
  }

  private Optional<ConfigValue> merged(List<String> path) {
    ConfigValue value = merged;
    for (String key : path) {
      value = value instanceof ConfigObject object ? object.get(key) : null;
    }
    return Optional.ofNullable(value);
  }

  private static List<String> append(List<String> path, String key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }

  /** Whether a value holds no substitution. */
  private static boolean isResolved(ConfigValue value) {
    try {
      value.unwrapped();
      return true;
    } catch (ConfigException.NotResolved e) {
      return false;
    }
  }

  /** Whether an object is put together of substitutions, so that its keys are not known yet. */
  private static boolean isDelayed(ConfigObject object) {
    try {
      return object.keySet() == null;
    } catch (ConfigException.NotResolved e) {
      return true;
    }
  }
}
