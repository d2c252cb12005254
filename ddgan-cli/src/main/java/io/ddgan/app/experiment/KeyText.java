package io.ddgan.app.experiment;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.util.Collection;

/** Formats keys and values of configurations for labels and tables. */
public final class KeyText {

  private static final String TYPE = ".type";

  /** The largest power of ten that is written out. */
  private static final int MOST_PLAIN = 8;

  private KeyText() {}

  /**
   * Returns the last part of a key; the name of the component for its type. An element of a list
   * keeps the list: {@code penalty[1].gamma}.
   *
   * @param keys other keys; enough parts of the key are kept to distinguish it from them
   */
  public static String of(String key, Collection<String> keys) {
    String whole = component(key);
    int element = whole.lastIndexOf('[');
    int start = whole.lastIndexOf('.', element < 0 ? whole.length() : element) + 1;
    while (start > 0 && isShared(whole.substring(start), key, keys)) {
      start = whole.lastIndexOf('.', start - 2) + 1;
    }
    return whole.substring(start);
  }

  /** Returns a key as {@link #of} does, with its value: {@code gamma=0.05}. */
  public static String withValue(String key, Collection<String> keys, String value) {
    return "%s=%s".formatted(of(key, keys), value);
  }

  private static String component(String key) {
    return key.endsWith(TYPE) ? key.substring(0, key.length() - TYPE.length()) : key;
  }

  private static boolean isShared(String text, String key, Collection<String> keys) {
    return keys.stream()
        .filter(other -> !other.equals(key))
        .map(KeyText::component)
        .anyMatch(other -> other.equals(text) || other.endsWith("." + text));
  }

  /**
   * Formats a value: a string as it is, a component by its type and keys, others as HOCON in one
   * line.
   */
  public static String value(ConfigValue value) {
    if (value.unwrapped() instanceof String text) {
      return text;
    }
    if (value instanceof ConfigObject object && object.containsKey("type")) {
      ConfigObject keys = object.withoutKey("type");
      String type = value(object.get("type"));
      return keys.isEmpty() ? type : type + " " + render(keys);
    }
    return render(value);
  }

  private static String render(ConfigValue value) {
    if (value.unwrapped() instanceof Double number && Double.isFinite(number)) {
      BigDecimal exact = BigDecimal.valueOf(number).stripTrailingZeros();
      int exponent = exact.precision() - exact.scale() - 1;
      return Math.abs(exponent) <= MOST_PLAIN ? exact.toPlainString() : number.toString();
    }
    return value.render(ConfigRenderOptions.concise().setJson(false));
  }
}
