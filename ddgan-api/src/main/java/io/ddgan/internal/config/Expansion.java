package io.ddgan.internal.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Origins;
import io.ddgan.config.Problem;
import java.util.IdentityHashMap;

/**
 * How large a configuration is with its substitutions written out. A few lines that refer to each
 * other several times mean more than can be looked at, although the parser, which has what they
 * share but once, gets along with them.
 */
final class Expansion {

  /** Values and letters of the largest configuration. */
  private static final long MOST = 1_000_000;

  private final IdentityHashMap<ConfigValue, Long> sizes = new IdentityHashMap<>();

  private Expansion() {}

  /**
   * Refuses a configuration that is too large.
   *
   * @param source what errors call it where no key is too large alone
   * @return the configuration
   */
  static Config require(Config resolved, String source) {
    Expansion expansion = new Expansion();
    ConfigObject root = resolved.root();
    if (expansion.size(root) > MOST) {
      String message =
          "is more than %,d values and letters where all ${...} are written out; let fewer of them refer to each other"
              .formatted(MOST);
      Problem problem =
          root.keySet().stream() // not its entries, whose hashes would go through all of them
              .filter(key -> expansion.size(root.get(key)) > MOST)
              .min((a, b) -> Integer.compare(line(root.get(a)), line(root.get(b))))
              .map(key -> new Problem(Origins.place(root.get(key).origin()), key, message))
              .orElseGet(() -> new Problem(source, "", message));
      throw new ConfigurationException(problem);
    }
    return resolved;
  }

  private static int line(ConfigValue value) {
    return value.origin().lineNumber();
  }

  private long size(ConfigValue value) {
    Long known = sizes.get(value);
    if (known == null) {
      known = Math.min(measure(value), MOST + 1); // which adds up without an overflow
      sizes.put(value, known);
    }
    return known;
  }

  private long measure(ConfigValue value) {
    if (value instanceof ConfigObject object) {
      return 1
          + object.keySet().stream().mapToLong(key -> key.length() + size(object.get(key))).sum();
    }
    if (value instanceof ConfigList list) {
      return 1 + list.stream().mapToLong(this::size).sum();
    }
    return value.unwrapped() instanceof String text ? 1 + text.length() : 1;
  }
}
