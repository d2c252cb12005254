package io.ddgan.cli.terminal;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Turns Ctrl-C and a request to terminate into a question that the work asks now and then, and
 * keeps the process alive until the work has ended. A second request ends it at once.
 */
public final class Interruption implements BooleanSupplier, AutoCloseable {

  private static final long BETWEEN_LOOKS = 200;

  /** Exit code of a process that Ctrl-C has ended. */
  private static final int INTERRUPTED = 130;

  private final CountDownLatch ended;
  private final PrintWriter err;
  private final String words;
  private final Thread hook;
  private volatile boolean requested;

  private Interruption(PrintWriter err, String words, int works) {
    this.ended = new CountDownLatch(works);
    this.err = err;
    this.words = words;
    this.hook = new Thread(this::await, "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Begins to listen.
   *
   * @param words what is said when the question's answer becomes yes
   */
  public static Interruption listen(PrintWriter err, String words) {
    return new Interruption(err, words, 1);
  }

  /** Begins to listen only to say the words: the process does not stay alive. */
  public static Interruption announce(PrintWriter err, String words) {
    return new Interruption(err, words, 0);
  }

  @Override
  public boolean getAsBoolean() {
    return requested;
  }

  private void await() {
    requested = true;
    err.println();
    err.println("ddgan: " + words);
    try {
      while (!ended.await(BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
        if (requests() > 1) {
          err.println("ddgan: ended at once; what was saved before is whole");
          Runtime.getRuntime().halt(INTERRUPTED);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Java starts a thread for each signal, which lasts until the process has ended. */
  private static long requests() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("SIG(INT|TERM) handler"))
        .count();
  }

  @Override
  public void close() {
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        requested = true; // the request came just now
      }
    }
    ended.countDown();
  }
}
