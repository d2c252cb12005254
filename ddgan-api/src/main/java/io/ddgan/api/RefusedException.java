package io.ddgan.api;

/**
 * Thrown if a user's request cannot be fulfilled. The message, one sentence, says why and what to
 * do; the user sees only it. Any other unchecked exception is shown as a bug.
 */
public final class RefusedException extends IllegalArgumentException {

  /** Creates an exception with a one-sentence message. */
  public RefusedException(String message) {
    super(message);
  }

  /** Creates an exception with a message and its cause. */
  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
