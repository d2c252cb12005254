package io.ddgan.app.sweep;

import static java.util.Comparator.comparing;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Objects as lists of full keys, in the order in which the file has them. */
final class Keys {

  private Keys() {}

  /** The values of an object and of the objects within it. */
  static Map<String, ConfigValue> of(ConfigObject object) {
    return of(object, inner -> false);
  }

  /**
   * The same, but for objects that are values themselves.
   *
   * @param isValue whether an object is a value itself
   */
  static Map<String, ConfigValue> of(ConfigObject object, Predicate<ConfigObject> isValue) {
    Map<String, ConfigValue> keys = new LinkedHashMap<>();
    collect(List.of(), object, isValue, keys);
    return keys;
  }

  private static void collect(
      List<String> path,
      ConfigObject object,
      Predicate<ConfigObject> isValue,
      Map<String, ConfigValue> keys) {
    object.entrySet().stream()
        .sorted(
            comparing((Map.Entry<String, ConfigValue> e) -> e.getValue().origin().lineNumber())
                .thenComparing(Map.Entry::getKey))
        .forEach(
            entry -> {
              List<String> longer = new ArrayList<>(path);
              longer.add(entry.getKey());
              if (entry.getValue() instanceof ConfigObject inner && !isValue.test(inner)) {
                collect(longer, inner, isValue, keys);
              } else {
                keys.put(ConfigUtil.joinPath(longer), entry.getValue());
              }
            });
  }
}
