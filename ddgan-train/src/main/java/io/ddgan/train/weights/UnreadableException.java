package io.ddgan.train.weights;

import java.io.IOException;

/** Why a file cannot be read, as the rest of a sentence that begins with its name. */
final class UnreadableException extends IOException {

  UnreadableException(String predicate) {
    super(predicate);
  }

  UnreadableException(String predicate, Throwable cause) {
    super(predicate, cause);
  }

  static UnreadableException damaged(String why) {
    return new UnreadableException("is damaged: " + why);
  }

  /** A name out of the file, in a form that can be shown. */
  static String printable(String name) {
    String safe =
        name.codePoints()
            .limit(80)
            .collect(
                StringBuilder::new,
                (text, c) ->
                    text.appendCodePoint(Character.isISOControl(c) || c > 0xFFFF ? '?' : c),
                StringBuilder::append)
            .toString();
    return safe.length() < name.length() ? safe + "..." : safe;
  }
}
