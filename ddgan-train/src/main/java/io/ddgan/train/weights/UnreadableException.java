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
}
