package io.ddgan.cli.terminal;

/** What standard output is. */
public final class Terminal {

  /** The launcher looks, as a program cannot tell on Java 17. */
  private static final String PROPERTY = "ddgan.terminal";

  private Terminal() {}

  /** Whether standard output is a terminal. */
  public static boolean isTerminal() {
    return Boolean.getBoolean(PROPERTY);
  }
}
