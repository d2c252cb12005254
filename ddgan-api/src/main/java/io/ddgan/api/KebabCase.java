package io.ddgan.api;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names in configurations, metrics and checkpoints: {@code generator-loss}. */
public final class KebabCase {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern WORD_END = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private KebabCase() {}

  /** {@code betaMin} as {@code beta-min}. */
  public static String of(String camelCase) {
    return WORD_END.matcher(camelCase).replaceAll("-").toLowerCase(Locale.ROOT);
  }

  /** Returns true if a name is in kebab-case. */
  public static boolean matches(String name) {
    return NAME.matcher(name).matches();
  }
}
