package io.ddgan.embed;

import io.ddgan.app.process.OtherThread;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Work on a thread of its own, as files that an interrupted thread reads or writes are closed. The
 * calling thread waits, and hears of the work meanwhile.
 */
final class UninterruptedWork {

  private final BlockingQueue<Runnable> errands = new LinkedBlockingQueue<>();
  private volatile boolean isInterrupted;

  /** Something with a result. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  /**
   * Does work that never stops before its end, and waits for it.
   *
   * @throws IOException if the work throws it; its unchecked exceptions come through as well
   */
  static <T> T toTheEnd(Work<T> work) throws IOException {
    try {
      return new UninterruptedWork().call(work);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the thread that works", e);
    }
  }

  /**
   * Does work that may ask whether the calling thread was interrupted, and waits for it. That
   * thread stays interrupted then.
   *
   * @throws IOException if the work throws it; its unchecked exceptions come through as well
   * @throws InterruptedException if the work throws it
   */
  <T> T call(Work<T> work) throws IOException, InterruptedException {
    FutureTask<T> task =
        new FutureTask<>(work::run) {
          @Override
          protected void done() {
            errands.add(() -> {}); // wakes the thread that waits
          }
        };
    Thread thread = new Thread(task, "ddgan");
    thread.setDaemon(true);
    thread.start();
    while (!task.isDone()) {
      try {
        errands.take().run();
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

  /** An object whose methods run in the calling thread. */
  <T> T here(Class<T> type, T object) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              FutureTask<Object> errand = new FutureTask<>(() -> method.invoke(object, arguments));
              errands.add(errand);
              try {
                return errand.get();
              } catch (ExecutionException e) {
                throw e.getCause() instanceof InvocationTargetException thrown
                    ? thrown.getCause()
                    : e.getCause();
              }
            }));
  }
}
