package io.ddgan.app.sweep;

import static java.util.Comparator.comparing;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** Objects as lists of full keys, in the order in which the file has them. */
final class Keys {

  private Keys() {}

  /** The values of an object and of the objects within it, but for ranges, which are values. */
  static Map<String, ConfigValue> of(ConfigObject object) {
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
              if (entry.getValue() instanceof ConfigObject inner && !ValueSpace.isRange(inner)) {
                collect(key + ".", inner, keys);
              } else {
                keys.put(key, entry.getValue());
              }
            });
  }
}
