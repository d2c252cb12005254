package io.ddgan.internal.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.ddgan.api.AdaptiveValue;
import io.ddgan.api.PenalisedAdversarialLoss;
import io.ddgan.api.Ramp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys and defaults of scheduled values (ramps and adaptive values) that are given as objects.
 */
final class ScheduledValueKeys {

  private static final String MIN = "min";
  private static final String MAX = "max";
  private static final String ORIGIN = "defaults of ";

  /** The defaults of Karras et al. (2020). */
  private static final Map<String, Object> ADAPTIVE =
      Map.of(
          "adaptation-examples",
          500_000,
          "every",
          4,
          "monitor",
          PenalisedAdversarialLoss.OVERFITTING);

  private ScheduledValueKeys() {}

  /** Returns whether an object is a ramp and not an adaptive value: it has a key of ramps. */
  static boolean isRamp(ConfigObject object) {
    return ConfigKey.of(Ramp.class).stream().anyMatch(key -> object.containsKey(key.name()));
  }

  static ConfigObject rampDefaults() {
    return ConfigFactory.parseMap(Map.of("shape", "linear"), ORIGIN + "ramps").root();
  }

  /** Returns the keys of a ramp; both ends have the limits of the ramp's own key. */
  static List<ConfigKey> rampKeys(ConfigKey ramp) {
    return ConfigKey.of(Ramp.class).stream()
        .map(
            key ->
                switch (key.name()) {
                  case "from", "to" -> key.within(ramp.min(), ramp.max());
                  case "steps" -> key.within(1, Double.POSITIVE_INFINITY);
                  default -> key;
                })
        .toList();
  }

  /** Returns the defaults of an adaptive value, which may take all values that its key allows. */
  static ConfigObject adaptiveDefaults(ConfigKey adaptive) {
    Map<String, Object> defaults = new LinkedHashMap<>(ADAPTIVE);
    if (Double.isFinite(adaptive.min())) {
      defaults.put(MIN, adaptive.min());
    }
    if (Double.isFinite(adaptive.max())) {
      defaults.put(MAX, adaptive.max());
    }
    return ConfigFactory.parseMap(defaults, ORIGIN + "adaptive values").root();
  }

  /** Returns the keys of an adaptive value; its values have the limits of its own key. */
  static List<ConfigKey> adaptiveKeys(ConfigKey adaptive) {
    return ConfigKey.of(AdaptiveValue.class).stream()
        .map(
            key ->
                switch (key.name()) {
                  case "start", MIN, MAX -> key.within(adaptive.min(), adaptive.max());
                  case "adaptation-examples", "every" -> key.within(1, Double.POSITIVE_INFINITY);
                  default -> key;
                })
        .toList();
  }
}
