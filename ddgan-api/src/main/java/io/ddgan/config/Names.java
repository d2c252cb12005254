package io.ddgan.config;

import java.util.Locale;

/** Java names as they are written in configurations: in kebab-case. */
final class Names {

  private Names() {}

  /** {@code betaMin} as {@code beta-min}. */
  static String ofComponent(String camelCase) {
    return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** {@code MIN_MAX} as {@code min-max}. */
  static String ofConstant(Enum<?> constant) {
    return constant.name().replace('_', '-').toLowerCase(Locale.ROOT);
  }
}
