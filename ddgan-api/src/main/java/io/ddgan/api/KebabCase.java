package io.ddgan.api;

import java.util.regex.Pattern;

/** Names as configurations, metrics and checkpoints have them: {@code generator-loss}. */
public final class KebabCase {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private KebabCase() {}

  /** Whether a name is in kebab-case. */
  public static boolean matches(String name) {
    return NAME.matcher(name).matches();
  }
}
