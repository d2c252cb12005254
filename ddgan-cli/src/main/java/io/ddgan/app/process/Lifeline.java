package io.ddgan.app.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Lets a process end with the one that started it. The starter holds the other end of standard
 * input, which the system closes however the starter ends.
 */
public final class Lifeline {

  /** System property of a process that is to end when its standard input does. */
  static final String PROPERTY = "ddgan.lifeline";

  /** What a shell reports of a process that was asked to terminate. */
  private static final int TERMINATED = 143;

  private Lifeline() {}

  /** Holds on to the line, if this process was started with one. */
  public static void hold() {
    if (Boolean.getBoolean(PROPERTY)) {
      Thread thread = new Thread(() -> awaitEnd(System.in), "lifeline");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void awaitEnd(InputStream line) {
    try {
      line.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // cut off is as good as closed
    }
    System.exit(TERMINATED);
  }
}
