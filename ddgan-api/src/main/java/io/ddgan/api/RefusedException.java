package io.ddgan.api;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a user asked for cannot be done: the message, one sentence, says why and what to do, and is
 * all that the user sees. Any other exception out of the framework is a mistake of the framework's.
 */
public final class RefusedException extends IllegalArgumentException {

  /** How the names of ND4J's classes begin. */
  private static final String ND4J = "org.nd4j.";

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
   * What a component refuses in the way of its contract, by any IllegalArgumentException that it
   * throws itself.
   *
   * @throws IllegalArgumentException the same, if it is no refusal but a mistake: it has no
   *     message, or Java or ND4J has thrown it, which know nothing of what a user may ask for
   */
  public static RefusedException of(IllegalArgumentException refusal) {
    if (refusal instanceof RefusedException refused) {
      return refused;
    }
    if (refusal.getMessage() == null || isOfLibrary(refusal)) {
      throw refusal;
    }
    return new RefusedException(refusal.getMessage(), refusal);
  }

  private static boolean isOfLibrary(Throwable thrown) {
    Optional<StackTraceElement> thrower = Stream.of(thrown.getStackTrace()).findFirst();
    if (thrower.filter(RefusedException::isReflection).isPresent()
        && thrown.getCause() instanceof IllegalArgumentException original) {
      return isOfLibrary(original); // which a thread of Java's has thrown, and another one copied
    }
    return thrower.filter(RefusedException::isOfLibrary).isPresent();
  }

  private static boolean isReflection(StackTraceElement thrower) {
    return thrower.getClassName().contains(".reflect.");
  }

  private static boolean isOfLibrary(StackTraceElement thrower) {
    String module = Optional.ofNullable(thrower.getModuleName()).orElse("");
    return module.startsWith("java.")
        || module.startsWith("jdk.")
        || thrower.getClassName().startsWith(ND4J);
  }
}
