package io.ddgan.internal.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.ddgan.config.Origins;
import io.ddgan.config.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Merges objects key by key, with two rules for components. A component of another {@code type}
 * replaces the whole component, because the keys differ. A string merged with an object is the
 * object's type: {@code schedule = vp} is {@code schedule.type = vp}.
 */
final class Layering {

  static final String TYPE = "type";

  private final List<Problem> problems;

  /** Adds the problems of merging to a list. */
  Layering(List<Problem> problems) {
    this.problems = problems;
  }

  /** Merges two objects; {@code path} is the full name of their key, empty at the root. */
  ConfigObject layer(ConfigObject over, ConfigObject under, String path) {
    if (over.isEmpty()) {
      return path.isEmpty() ? under : under.withOrigin(over.origin());
    }
    if (under.isEmpty() || isAnotherType(over, under)) {
      return over;
    }
    Map<String, ConfigValue> merged = new LinkedHashMap<>(over);
    for (Map.Entry<String, ConfigValue> entry : under.entrySet()) {
      String name = entry.getKey();
      ConfigValue above = over.get(name);
      merged.put(
          name,
          above == null ? entry.getValue() : layer(above, entry.getValue(), join(path, name)));
    }
    return ConfigValueFactory.fromMap(merged).withOrigin(over.origin());
  }

  private ConfigValue layer(ConfigValue over, ConfigValue under, String path) {
    if (over instanceof ConfigObject object && under instanceof ConfigList list) {
      requireWhole(object, list, path);
      return over;
    }
    boolean isObject = over instanceof ConfigObject || under instanceof ConfigObject;
    Optional<ConfigObject> above = component(over);
    Optional<ConfigObject> below = component(under);
    return isObject && above.isPresent() && below.isPresent()
        ? layer(above.get(), below.get(), path)
        : over;
  }

  /** Rejects an object without a type over a list: it is ambiguous which element it changes. */
  private void requireWhole(ConfigObject over, ConfigList under, String path) {
    if (!under.isEmpty() && !over.containsKey(TYPE)) {
      problems.add(
          new Problem(
              Origins.place(over.origin()),
              path,
              "is a list (%s); replace the whole list: %s = [...]"
                  .formatted(Origins.place(under.origin()), path)));
    }
  }

  /** Returns an object unchanged, a name as an object of that type; empty for other values. */
  static Optional<ConfigObject> component(ConfigValue value) {
    if (value instanceof ConfigObject object) {
      return Optional.of(object);
    }
    // environment variables are strings, even if they hold numbers
    return value.valueType() == ConfigValueType.STRING && Scalars.number(value).isEmpty()
        ? Optional.of(
            ConfigFactory.empty().root().withValue(TYPE, value).withOrigin(value.origin()))
        : Optional.empty();
  }

  /** Returns the full name of a key in the object at a path; the root's path is empty. */
  static String join(String path, String name) {
    String shown = name.isBlank() ? ConfigUtil.quoteString(name) : name;
    return path.isEmpty() ? shown : path + "." + shown;
  }

  private static boolean isAnotherType(ConfigObject over, ConfigObject under) {
    Optional<Object> type = typeOf(over);
    return type.isPresent() && typeOf(under).isPresent() && !type.equals(typeOf(under));
  }

  private static Optional<Object> typeOf(ConfigObject object) {
    return Optional.ofNullable(object.get(TYPE)).map(ConfigValue::unwrapped);
  }
}
