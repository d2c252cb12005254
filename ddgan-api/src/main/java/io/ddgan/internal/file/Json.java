package io.ddgan.internal.file;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;

/** Reads and writes JSON objects as maps of strings, numbers, lists and maps, with sorted keys. */
public final class Json {

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
