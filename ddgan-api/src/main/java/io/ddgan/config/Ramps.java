package io.ddgan.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.ddgan.api.Ramp;
import java.util.List;
import java.util.Map;

/** Ramps that are written as objects. */
final class Ramps {

  static final ConfigObject DEFAULTS =
      ConfigFactory.parseMap(Map.of("shape", "linear"), "defaults of ramps").root();

  private Ramps() {}

  /** The keys of the object; the limits of the ramp's own key are those of both its ends. */
  static List<ConfigKey> keys(ConfigKey ramp) {
    return ConfigKey.of(Ramp.class).stream()
        .map(
            key ->
                switch (key.name()) {
                  case "from", "to" -> key.within(ramp.min(), ramp.max());
                  case "over" -> key.within(1, Double.POSITIVE_INFINITY);
                  default -> key;
                })
        .toList();
  }
}
