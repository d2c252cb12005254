package io.ddgan.cli;

import java.io.PrintWriter;

/** What a command says when it is interrupted by Ctrl-C or a request to terminate. */
final class Farewell {

  private final Thread hook;

  private Farewell(Thread hook) {
    this.hook = hook;
  }

  /** Begins to listen. */
  static Farewell say(String words, PrintWriter err) {
    Thread hook =
        new Thread(
            () -> {
              err.println();
              err.println("ddgan: " + words);
            },
            "farewell");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Farewell(hook);
  }

  /** Ends listening. */
  void withdraw() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      hook.interrupt(); // it is being said
    }
  }
}
