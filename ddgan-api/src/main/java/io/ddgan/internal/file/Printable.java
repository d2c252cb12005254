package io.ddgan.internal.file;

/** Text out of a file that may be hostile, in a form that can be shown on a terminal. */
public final class Printable {

  private static final int LONGEST = 80;

  private Printable() {}

  /** The beginning of a text, without control characters. */
  public static String of(String text) {
    String safe =
        text.codePoints()
            .limit(LONGEST)
            .collect(
                StringBuilder::new,
                (shown, c) ->
                    shown.appendCodePoint(Character.isISOControl(c) || c > 0xFFFF ? '?' : c),
                StringBuilder::append)
            .toString();
    return safe.length() < text.length() ? safe + "..." : safe;
  }
}
