package io.ddgan.api;

/**
 * What a user asked for cannot be done: the message, one sentence, says why and what to do, and is
 * all that the user sees. Any other exception out of the framework is a mistake of the framework's.
 */
public final class RefusedException extends IllegalArgumentException {

  /**
   * A refusal.
   *
   * @param message one sentence: why, and what to do
   */
  public RefusedException(String message) {
    super(message);
  }

  /**
   * A refusal because of another error.
   *
   * @param message one sentence: why, and what to do
   */
  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What a component refuses in the way of its contract, by any IllegalArgumentException.
   *
   * @throws IllegalArgumentException the same, if it has no message: that is no refusal
   */
  public static RefusedException of(IllegalArgumentException refusal) {
    if (refusal.getMessage() == null) {
      throw refusal;
    }
    return refusal instanceof RefusedException refused
        ? refused
        : new RefusedException(refusal.getMessage(), refusal);
  }
}
