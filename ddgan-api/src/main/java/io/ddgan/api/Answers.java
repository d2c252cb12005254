package io.ddgan.api;

import java.util.Collection;
import java.util.Objects;

/** What components return, which may not be anything. */
public final class Answers {

  private Answers() {}

  /**
   * Takes a component's answer at its word.
   *
   * @param component what was asked
   * @param method the method that was called
   * @param answer what it has returned
   * @throws NullPointerException if that is null; its stack trace begins in the component's method,
   *     so that whoever has written the component is told, and nobody else
   */
  public static <T> T of(Object component, String method, T answer) {
    if (answer != null) {
      return answer;
    }
    throw inside(
        component, method, new NullPointerException("%s has returned null".formatted(method)));
  }

  /**
   * Takes a component's answer of several at its word.
   *
   * @throws NullPointerException if that is null, or one of them is, as {@link #of} does
   */
  public static <T, C extends Collection<T>> C allOf(Object component, String method, C answer) {
    if (of(component, method, answer).stream().noneMatch(Objects::isNull)) {
      return answer;
    }
    throw inside(
        component,
        method,
        new NullPointerException("%s has returned null among others".formatted(method)));
  }

  /**
   * What to throw for an answer that the contract does not allow: its stack trace begins in the
   * component's method.
   *
   * @param message what is wrong with the answer
   */
  public static IllegalStateException fault(Object component, String method, String message) {
    return inside(component, method, new IllegalStateException(message));
  }

  /** The same of a class that there is no component of. */
  public static IllegalStateException fault(Class<?> type, String method, String message) {
    return insideOf(type, method, new IllegalStateException(message));
  }

  private static <E extends Throwable> E inside(Object component, String method, E fault) {
    return insideOf(component.getClass(), method, fault);
  }

  private static <E extends Throwable> E insideOf(Class<?> type, String method, E fault) {
    StackTraceElement[] callers = fault.getStackTrace();
    callers[0] = // instead of a method of this class
        new StackTraceElement(
            type.getClassLoader().getName(), null, null, type.getName(), method, null, -1);
    fault.setStackTrace(callers);
    return fault;
  }
}
