package io.ddgan.internal.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.ddgan.api.AdaptiveValue;
import io.ddgan.api.AdversarialTerms;
import io.ddgan.api.Ramp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers that change during a training, ramps and adaptive ones, where they are written as
 * objects.
 */
final class ScheduledValueKeys {

  private static final String MIN = "min";
  private static final String MAX = "max";
  private static final String WHERE = "defaults of ";

  /** Those of Karras et al. (2020). */
  private static final Map<String, Object> ADAPTIVE =
      Map.of("adaptation-examples", 500_000, "every", 4, "monitor", AdversarialTerms.OVERFITTING);

  private ScheduledValueKeys() {}

  /** Whether an object has a key of ramps, and is no adaptive number then. */
  static boolean isRamp(ConfigObject object) {
    return ConfigKey.of(Ramp.class).stream().anyMatch(key -> object.containsKey(key.name()));
  }

  static ConfigObject rampDefaults() {
    return ConfigFactory.parseMap(Map.of("shape", "linear"), WHERE + "ramps").root();
  }

  /** The keys of a ramp; the limits of its own key are those of both its ends. */
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

  /** It may have all values that its own key allows. */
  static ConfigObject adaptiveDefaults(ConfigKey adaptive) {
    Map<String, Object> defaults = new LinkedHashMap<>(ADAPTIVE);
    if (Double.isFinite(adaptive.min())) {
      defaults.put(MIN, adaptive.min());
    }
    if (Double.isFinite(adaptive.max())) {
      defaults.put(MAX, adaptive.max());
    }
    return ConfigFactory.parseMap(defaults, WHERE + "adaptive numbers").root();
  }

  /** The keys of an adaptive number; the limits of its own key are those of its values. */
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
