package io.ddgan.api;

/** What components return, of which nothing may be null. */
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
    Class<?> type = component.getClass();
    NullPointerException fault = new NullPointerException("%s has returned null".formatted(method));
    StackTraceElement[] callers = fault.getStackTrace();
    callers[0] = // instead of this method
        new StackTraceElement(
            type.getClassLoader().getName(), null, null, type.getName(), method, null, -1);
    fault.setStackTrace(callers);
    throw fault;
  }
}
