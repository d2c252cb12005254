package io.ddgan.app.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.ddgan.internal.config.Hocon;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What distinguishes one configuration of a sweep.
 *
 * @param label a name for people
 * @param values value by key, in the order of the file
 */
public record Variation(Optional<String> label, Map<String, ConfigValue> values) {

  /** Keeps the order of the values. */
  public Variation {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** An unnamed variation. */
  static Variation of(Map<String, ConfigValue> values) {
    return new Variation(Optional.empty(), values);
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
