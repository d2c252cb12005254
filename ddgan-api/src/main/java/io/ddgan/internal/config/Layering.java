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
 * Lays objects over others, key by key, by two rules about components. One of another {@code type}
 * replaces the one beneath as a whole, since the keys of the one mean nothing to the other. And
 * where a string meets an object, the string is the object's type: {@code schedule = vp} is {@code
 * schedule.type = vp}.
 */
final class Layering {

  static final String TYPE = "type";

  private final List<Problem> problems;

  /** Layers that leave what cannot be laid over the other in a list. */
  Layering(List<Problem> problems) {
    this.problems = problems;
  }

  /** One object over another, by the full name of the key that holds them, empty at the root. */
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

  /** An object without a type is meant to change some keys, but of which element? */
  private void requireWhole(ConfigObject over, ConfigList under, String path) {
    if (!under.isEmpty() && !over.containsKey(TYPE)) {
      problems.add(
          new Problem(
              Origins.place(over.origin()),
              path,
              "is a list here (%s); give it whole, as in %s = [...]"
                  .formatted(Origins.place(under.origin()), path)));
    }
  }

  /** An object as it is, and a name as the object with that type; empty for other values. */
  static Optional<ConfigObject> component(ConfigValue value) {
    if (value instanceof ConfigObject object) {
      return Optional.of(object);
    }
    // numbers may come as strings, because that is what environment variables are
    return value.valueType() == ConfigValueType.STRING && Scalars.number(value).isEmpty()
        ? Optional.of(
            ConfigFactory.empty().root().withValue(TYPE, value).withOrigin(value.origin()))
        : Optional.empty();
  }

  /** A key within the one that a path leads to; the empty path leads to the root. */
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
