package io.ddgan.app.process;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.apache.commons.io.function.IOSupplier;

/**
 * Does work that computes on a thread that ends with it. The native library binds threads that
 * compute to a core, and a process that such a thread starts has that core alone.
 */
public final class OtherThread {

  private OtherThread() {}

  /**
   * Does the work and waits for it.
   *
   * @throws IOException if the work throws it; its unchecked exceptions come through as well
   */
  public static <T> T call(IOSupplier<T> work) throws IOException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread thread = new Thread(task, "computing");
    thread.setDaemon(true);
    thread.start();
    return result(task);
  }

  /**
   * Waits for the result of work that another thread does.
   *
   * @throws IOException if the work throws it; its unchecked exceptions come through as well
   * @throws InterruptedException if the work throws it, or the thread that waits is interrupted
   */
  public static <T> T result(Future<T> work) throws IOException, InterruptedException {
    try {
      return work.get();
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
    }
  }
}
