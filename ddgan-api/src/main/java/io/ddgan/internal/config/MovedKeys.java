package io.ddgan.internal.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What to write instead of keys and names of components that there once were, so that an old
 * configuration is answered by the lines to change.
 */
final class MovedKeys {

  private final Map<String, String> hints;

  private MovedKeys(Map<String, String> hints) {
    this.hints = hints;
  }

  /**
   * Reads a table.
   *
   * @param table hints such as {@code write training.optimiser.beta1}, by the old key's full path,
   *     or by {@code "path = value"} for a value that a key no longer takes
   */
  static MovedKeys of(Config table) {
    return new MovedKeys(
        table.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    entry -> String.join(".", ConfigUtil.splitPath(entry.getKey())),
                    entry -> text(entry.getValue()))));
  }

  private static String text(ConfigValue hint) {
    return "moved; " + hint.unwrapped();
  }

  /**
   * What to do about a key.
   *
   * @param path its full path; an element of a list has that of the list
   */
  Optional<String> key(String path) {
    return Optional.ofNullable(hints.get(path.replaceAll("\\[\\d+]", "")));
  }

  /** What to do about a key's value. */
  Optional<String> value(String path, Object value) {
    return key(path + " = " + value);
  }
}
