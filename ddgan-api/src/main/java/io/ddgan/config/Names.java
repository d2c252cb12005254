package io.ddgan.config;

import io.ddgan.api.KebabCase;
import java.util.Locale;

/** Names as they are written in configurations. */
final class Names {

  private Names() {}

  /** A key within the one that a path leads to; the empty path leads to the root. */
  static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** {@code betaMin} as {@code beta-min}. */
  static String ofComponent(String camelCase) {
    return KebabCase.of(camelCase);
  }

  /** {@code MIN_MAX} as {@code min-max}. */
  static String ofConstant(Enum<?> constant) {
    return constant.name().replace('_', '-').toLowerCase(Locale.ROOT);
  }
}
