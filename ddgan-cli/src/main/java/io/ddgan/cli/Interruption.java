package io.ddgan.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Turns Ctrl-C and a request to terminate into a question that the training asks after every step,
 * and keeps the process alive until the training has saved its state.
 */
final class Interruption implements BooleanSupplier, AutoCloseable {

  private final CountDownLatch ended = new CountDownLatch(1);
  private final PrintWriter err;
  private final Thread hook;
  private volatile boolean requested;

  private Interruption(PrintWriter err) {
    this.err = err;
    this.hook = new Thread(this::await, "interruption");
  }

  /** Begins to listen. */
  static Interruption listen(PrintWriter err) {
    Interruption interruption = new Interruption(err);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  @Override
  public boolean getAsBoolean() {
    return requested;
  }

  private void await() {
    requested = true;
    err.println();
    err.println("ddgan: finishing the step and saving");
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
