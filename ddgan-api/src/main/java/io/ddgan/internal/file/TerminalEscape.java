package io.ddgan.internal.file;

import java.util.stream.Collectors;

/** Text out of a file that may be hostile, in a form that can be shown on a terminal. */
public final class TerminalEscape {

  private static final int LONGEST = 80;

  private TerminalEscape() {}

  /** The beginning of a text, without control characters. */
  public static String of(String text) {
    String safe =
        text.codePoints()
            .limit(LONGEST)
            .mapToObj(c -> Character.isISOControl(c) || c > 0xFFFF ? "?" : Character.toString(c))
            .collect(Collectors.joining());
    return safe.length() < text.length() ? safe + "..." : safe;
  }
}
