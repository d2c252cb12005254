package io.ddgan.cli.terminal;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A stop request by Ctrl-C or SIGTERM, which the work polls. The process stays alive until the work
 * has ended; a second request ends it at once.
 */
public final class Interruption implements BooleanSupplier, AutoCloseable {

  private static final long POLL_MILLIS = 200;

  /** Exit code of a process ended by Ctrl-C. */
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
   * Starts listening.
   *
   * @param words printed on the first request
   */
  public static Interruption listen(PrintWriter err, String words) {
    return new Interruption(err, words, 1);
  }

  /** Starts listening only to print the words; the process does not stay alive. */
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
      while (!ended.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        if (requests() > 1) {
          err.println("ddgan: ended at once; saved files are intact");
          Runtime.getRuntime().halt(INTERRUPTED);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Counts the requests by the threads that Java starts for signals and keeps to the end. */
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
