package io.ddgan.cli.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import io.ddgan.config.Hocon;
import java.util.Collections;
import java.util.LinkedHashMap;
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
      Config one = ConfigFactory.empty().withValue(entry.getKey(), entry.getValue());
      config = Hocon.layer(one, config);
    }
    return config;
  }
}
