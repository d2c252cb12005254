package io.ddgan.internal.file;

import java.util.stream.Collectors;

/** Makes text from untrusted files safe to show on a terminal. */
public final class TerminalEscape {

  private static final int LONGEST = 80;

  private TerminalEscape() {}

  /** Returns the first 80 characters of a text, with control characters replaced. */
  public static String of(String text) {
    String safe =
        text.codePoints()
            .limit(LONGEST)
            .mapToObj(c -> Character.isISOControl(c) || c > 0xFFFF ? "?" : Character.toString(c))
            .collect(Collectors.joining());
    return safe.length() < text.length() ? safe + "..." : safe;
  }
}
