package io.ddgan.cli.terminal;

import java.io.PrintWriter;

/** What a command says when it is interrupted by Ctrl-C or a request to terminate. */
public final class ShutdownMessage {

  private final Thread hook;

  private ShutdownMessage(Thread hook) {
    this.hook = hook;
  }

  /** Begins to listen. */
  public static ShutdownMessage say(String words, PrintWriter err) {
    Thread hook =
        new Thread(
            () -> {
              err.println();
              err.println("ddgan: " + words);
            },
            "farewell");
    Runtime.getRuntime().addShutdownHook(hook);
    return new ShutdownMessage(hook);
  }

  /** Ends listening. */
  public void withdraw() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      hook.interrupt(); // it is being said
    }
  }
}
