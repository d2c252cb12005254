package io.ddgan.cli.terminal;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Turns Ctrl-C and a request to terminate into a question that the work asks now and then, and
 * keeps the process alive until the work has come to its end.
 */
public final class Interruption implements BooleanSupplier, AutoCloseable {

  /** The thread that keeps the process alive. */
  static final String THREAD = "interruption";

  private final CountDownLatch ended;
  private final PrintWriter err;
  private final String words;
  private final Thread hook;
  private volatile boolean requested;

  private Interruption(PrintWriter err, String words, CountDownLatch ended) {
    this.ended = ended;
    this.err = err;
    this.words = words;
    this.hook = new Thread(this::await, THREAD);
  }

  /**
   * Begins to listen.
   *
   * @param words what is said when the question's answer becomes yes
   */
  public static Interruption listen(PrintWriter err, String words) {
    return new Interruption(err, words, new CountDownLatch(1)).begin();
  }

  /** Begins to listen only to say the words: the process does not stay alive. */
  public static Interruption announce(PrintWriter err, String words) {
    return new Interruption(err, words, new CountDownLatch(0)).begin();
  }

  private Interruption begin() {
    Runtime.getRuntime().addShutdownHook(hook);
    return this;
  }

  @Override
  public boolean getAsBoolean() {
    return requested;
  }

  private void await() {
    if (ForeignExit.isUnderWay()) {
      return; // the work cannot go on: its thread may be the one that ends the program
    }
    requested = true;
    err.println();
    err.println("ddgan: " + words);
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
