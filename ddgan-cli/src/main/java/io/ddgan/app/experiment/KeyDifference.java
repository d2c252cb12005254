package io.ddgan.app.experiment;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A key that differs between two configurations.
 *
 * @param key its full name
 * @param before its value in the first as text; {@code null} if it has none
 * @param now its value in the second
 */
public record KeyDifference(String key, String before, String now) {

  private static final String TYPE = ".type";
  private static final String NULL = "null";

  private static final Pattern BOOKKEEPING =
      Pattern.compile(
          "(evaluation|listeners)\\b.*|training\\.(log|sample|checkpoint)-every|training\\.sample-count|training\\.keep-checkpoints");

  /** Returns the differences of two configurations, with the keys of {@link #varying}. */
  public static List<KeyDifference> between(Config before, Config now) {
    Map<String, String> first = values(before);
    Map<String, String> second = values(now);
    return varying(List.of(first, second)).stream()
        .map(
            key ->
                new KeyDifference(
                    key, first.getOrDefault(key, NULL), second.getOrDefault(key, NULL)))
        .toList();
  }

  /** Returns the keys in which any configurations differ, sorted. */
  public static List<String> differing(List<Map<String, String>> all) {
    TreeSet<String> keys = new TreeSet<>();
    all.forEach(values -> keys.addAll(values.keySet()));
    keys.removeIf(
        key -> all.stream().map(values -> values.getOrDefault(key, NULL)).distinct().count() == 1);
    return List.copyOf(keys);
  }

  /** Does the same, but lists of components of different types only the type. */
  public static List<String> varying(List<Map<String, String>> all) {
    List<String> keys = differing(all);
    List<String> types = keys.stream().filter(key -> key.endsWith(TYPE)).toList();
    return keys.stream()
        .filter(key -> types.stream().noneMatch(type -> isOfComponent(key, type)))
        .toList();
  }

  /** Returns whether a key affects neither the training nor its samples. */
  public static boolean isBookkeeping(String key) {
    return BOOKKEEPING.matcher(key).matches();
  }

  private static boolean isOfComponent(String key, String type) {
    String component = type.substring(0, type.length() - TYPE.length() + 1);
    return key.startsWith(component) && !key.equals(type);
  }

  /** Returns the values of a configuration as text, by full key. */
  public static Map<String, String> values(Config config) {
    Map<String, String> values = new TreeMap<>();
    config.entrySet().forEach(entry -> values.put(entry.getKey(), KeyText.value(entry.getValue())));
    return values;
  }
}
