package io.ddgan.embed;

import io.ddgan.app.process.OtherThread;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * Work on a thread of its own, as files that an interrupted thread reads or writes are closed. The
 * calling thread waits for its end, and stays interrupted if it was meanwhile.
 */
final class UninterruptedWork {

  private volatile boolean isInterrupted;

  /**
   * Does work that never stops before its end, and waits for it.
   *
   * @throws IOException if the work throws it; its unchecked exceptions come through as well
   */
  static <T> T toTheEnd(Callable<T> work) throws IOException {
    try {
      return new UninterruptedWork().call(work);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the thread that works", e);
    }
  }

  /** Does work that may ask whether the calling thread was interrupted, and waits for it. */
  <T> T call(Callable<T> work) throws IOException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "ddgan");
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
      return OtherThread.result(task);
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether the calling thread was interrupted meanwhile. */
  boolean isInterrupted() {
    return isInterrupted;
  }
}
