package io.ddgan.api;

/**
 * What a user asked for cannot be done: the message, one sentence, says why and what to do, and is
 * all that the user sees. Any other unchecked exception, whoever throws it, is shown as a bug.
 */
public final class RefusedException extends IllegalArgumentException {

  /** Says in one sentence why, and what to do. */
  public RefusedException(String message) {
    super(message);
  }

  /** Says it of another error. */
  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
