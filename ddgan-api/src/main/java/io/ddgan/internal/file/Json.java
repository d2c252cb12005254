package io.ddgan.internal.file;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueFactory;
import java.util.HashMap;
import java.util.Map;

/** Reads and writes JSON objects as maps of strings, numbers, lists and maps, with sorted keys. */
public final class Json {

  private static final String HASH = "sha256";

  private Json() {}

  /** Renders an object on one line. */
  public static String compact(Map<String, ?> object) {
    return ConfigValueFactory.fromMap(object).render(ConfigRenderOptions.concise());
  }

  /** Renders an object on several indented lines that end in a line break. */
  public static String pretty(Map<String, ?> object) {
    return ConfigValueFactory.fromMap(object)
        .render(ConfigRenderOptions.concise().setFormatted(true));
  }

  /** Renders an object as {@link #pretty}, with a checksum. */
  public static String checked(Map<String, ?> object) {
    Map<String, Object> all = new HashMap<>(object);
    all.put(HASH, Sha256.of(compact(parse(compact(object))))); // parsing may change numbers
    return pretty(all);
  }

  /**
   * Parses an object without its checksum, if it has one.
   *
   * @throws IllegalArgumentException if the text is not a JSON object or was changed
   */
  public static Map<String, Object> parseChecked(String text) {
    Map<String, Object> object = new HashMap<>(parse(text));
    Object hash = object.remove(HASH);
    if (hash != null && !hash.equals(Sha256.of(compact(object)))) {
      throw new IllegalArgumentException("wrong checksum");
    }
    return object;
  }

  /**
   * Parses an object.
   *
   * @throws IllegalArgumentException if the text is not a JSON object
   */
  public static Map<String, Object> parse(String text) {
    try {
      ConfigParseOptions json = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON);
      return ConfigFactory.parseString(text, json).root().unwrapped();
    } catch (ConfigException | StackOverflowError e) { // the parser recurses into brackets
      throw new IllegalArgumentException("not a JSON object", e);
    }
  }
}
