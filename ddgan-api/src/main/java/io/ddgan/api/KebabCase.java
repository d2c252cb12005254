package io.ddgan.api;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names as configurations, metrics and checkpoints have them: {@code generator-loss}. */
public final class KebabCase {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private KebabCase() {}

  /** {@code betaMin} as {@code beta-min}. */
  public static String of(String camelCase) {
    StringBuilder name = new StringBuilder();
    boolean endsAWord = false;
    for (int i = 0; i < camelCase.length(); i++) {
      char c = camelCase.charAt(i);
      if (endsAWord && c >= 'A' && c <= 'Z') {
        name.append('-');
      }
      name.append(c);
      endsAWord = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
    return name.toString().toLowerCase(Locale.ROOT);
  }

  /** Whether a name is in kebab-case. */
  public static boolean matches(String name) {
    return NAME.matcher(name).matches();
  }
}
