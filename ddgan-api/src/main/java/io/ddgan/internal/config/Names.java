package io.ddgan.internal.config;

import com.typesafe.config.ConfigUtil;
import java.util.Locale;

/** Names as they are written in configurations. */
final class Names {

  private Names() {}

  /** A key within the one that a path leads to; the empty path leads to the root. */
  static String join(String path, String name) {
    String shown = name.isBlank() ? ConfigUtil.quoteString(name) : name;
    return path.isEmpty() ? shown : path + "." + shown;
  }

  /** {@code MIN_MAX} as {@code min-max}. */
  static String ofConstant(Enum<?> constant) {
    return constant.name().replace('_', '-').toLowerCase(Locale.ROOT);
  }
}
