package io.ddgan.app.process;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Does work that computes on a thread that ends with it. The native library binds threads that
 * compute to a core, and a process that such a thread starts has that core alone; and files that an
 * interrupted thread reads or writes are closed. The calling thread waits for the end of the work,
 * and stays interrupted if it was meanwhile.
 */
public final class ComputeThread {

  private volatile boolean isInterrupted;

  /**
   * Does work that never stops before its end.
   *
   * @throws IOException if the work throws it; its unchecked exceptions come through as well
   */
  public static <T> T call(Callable<T> work) throws IOException {
    try {
      return new ComputeThread().interruptibly(work);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the thread that works", e);
    }
  }

  /**
   * Does work that may ask whether the calling thread {@link #isInterrupted}.
   *
   * @throws IOException if the work throws it; its unchecked exceptions come through as well
   */
  public <T> T interruptibly(Callable<T> work) throws IOException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "computing");
    thread.setDaemon(true);
    thread.start();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof InterruptedException interruption) {
        throw interruption;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether the calling thread was interrupted meanwhile. */
  public boolean isInterrupted() {
    return isInterrupted;
  }
}
