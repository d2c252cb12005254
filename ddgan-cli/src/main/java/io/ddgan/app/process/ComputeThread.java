package io.ddgan.app.process;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Computes on a new thread. The native library binds computing threads to a core, which processes
 * started by them inherit; and interrupts close open files. The calling thread waits for the end,
 * and stays interrupted if it was interrupted meanwhile.
 */
public final class ComputeThread {

  private volatile boolean isInterrupted;

  /**
   * Runs work that cannot be stopped.
   *
   * @throws IOException if the work throws it; unchecked exceptions are rethrown
   */
  public static <T> T call(Callable<T> work) throws IOException {
    try {
      return new ComputeThread().interruptibly(work);
    } catch (InterruptedException e) {
      throw new IllegalStateException("the computing thread is never interrupted", e);
    }
  }

  /**
   * Runs work that may check whether the calling thread {@link #isInterrupted}.
   *
   * @throws IOException if the work throws it; unchecked exceptions are rethrown
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

  /** Returns whether the calling thread was interrupted meanwhile. */
  public boolean isInterrupted() {
    return isInterrupted;
  }
}
