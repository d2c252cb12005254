package io.ddgan.app.sweep;

import static java.util.Comparator.comparing;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.ddgan.internal.config.Hocon;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys with values: what distinguishes a configuration of a sweep, or what those have in common
 * that are left out.
 *
 * @param label a name for people
 * @param values value by full key, in the order of the file
 */
public record Variation(Optional<String> label, Map<String, ConfigValue> values) {

  private static final String LABEL = "label";

  /** Keeps the order of the values. */
  public Variation {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** An unnamed variation. */
  static Variation of(Map<String, ConfigValue> values) {
    return new Variation(Optional.empty(), values);
  }

  /** What an object says, and its label if it has one. */
  static Variation of(ConfigObject object) {
    Optional<ConfigValue> label = Optional.ofNullable(object.get(LABEL));
    return new Variation(
        label.map(value -> String.valueOf(value.unwrapped())), keys(object.withoutKey(LABEL)));
  }

  /** The values of an object and of the objects within it, except that a range is a value. */
  static Map<String, ConfigValue> keys(ConfigObject object) {
    Map<String, ConfigValue> keys = new LinkedHashMap<>();
    collect("", object, keys);
    return keys;
  }

  private static void collect(String path, ConfigObject object, Map<String, ConfigValue> keys) {
    object.entrySet().stream()
        .sorted(
            comparing((Map.Entry<String, ConfigValue> e) -> e.getValue().origin().lineNumber())
                .thenComparing(Map.Entry::getKey))
        .forEach(
            entry -> {
              String key = path + ConfigUtil.joinPath(entry.getKey());
              if (entry.getValue() instanceof ConfigObject inner && !Range.is(inner)) {
                collect(key + ".", inner, keys);
              } else {
                keys.put(key, entry.getValue());
              }
            });
  }

  /** Whether a configuration has all the values; a component's name stands for the component. */
  boolean isIn(Config config) {
    return values.entrySet().stream()
        .allMatch(
            entry ->
                config.hasPath(entry.getKey())
                    && isSame(config.getValue(entry.getKey()), entry.getValue()));
  }

  private static boolean isSame(ConfigValue value, ConfigValue wanted) {
    return value.equals(wanted)
        || (value instanceof ConfigObject component && wanted.equals(component.get("type")));
  }

  /** The keys and values as a configuration. */
  Config config() {
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, ConfigValue> entry : values.entrySet()) {
      config = Hocon.layer(alone(entry.getKey(), entry.getValue()), config);
    }
    return config;
  }

  /** A value with the objects that it lies in, which mistakes are to be found by as well. */
  private static Config alone(String path, ConfigValue value) {
    List<String> keys = ConfigUtil.splitPath(path);
    ConfigValue nested = value;
    for (int i = keys.size() - 1; i > 0; i--) {
      nested =
          ConfigFactory.empty().root().withValue(keys.get(i), nested).withOrigin(value.origin());
    }
    return ConfigFactory.empty().root().withValue(keys.get(0), nested).toConfig();
  }
}
