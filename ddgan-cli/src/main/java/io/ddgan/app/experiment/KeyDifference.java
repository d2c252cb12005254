package io.ddgan.app.experiment;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A key that differs between two configurations.
 *
 * @param key its full name
 * @param before its value in the first as text; {@code null} if it has none
 * @param now its value in the second
 */
public record KeyDifference(String key, String before, String now) {

  private static final String TYPE = ".type";

  /**
   * Returns the differences of two configurations, sorted by key. Of components of different types
   * only the type is listed.
   */
  public static List<KeyDifference> between(Config before, Config now) {
    Map<String, String> first = values(before);
    Map<String, String> second = values(now);
    TreeSet<String> keys = new TreeSet<>(first.keySet());
    keys.addAll(second.keySet());
    List<KeyDifference> differences = new ArrayList<>();
    for (String key : keys) {
      KeyDifference each =
          new KeyDifference(key, first.getOrDefault(key, "null"), second.getOrDefault(key, "null"));
      if (!each.before.equals(each.now)) {
        differences.add(each);
      }
    }
    List<String> types =
        differences.stream().map(KeyDifference::key).filter(key -> key.endsWith(TYPE)).toList();
    differences.removeIf(each -> types.stream().anyMatch(type -> isOfComponent(each.key, type)));
    return List.copyOf(differences);
  }

  private static boolean isOfComponent(String key, String type) {
    String component = type.substring(0, type.length() - TYPE.length() + 1);
    return key.startsWith(component) && !key.equals(type);
  }

  private static Map<String, String> values(Config config) {
    Map<String, String> values = new TreeMap<>();
    config.entrySet().forEach(entry -> values.put(entry.getKey(), KeyText.value(entry.getValue())));
    return values;
  }
}
