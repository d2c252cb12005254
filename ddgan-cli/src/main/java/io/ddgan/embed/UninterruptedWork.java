package io.ddgan.embed;

import io.ddgan.api.TrainingListener;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;

/**
 * Work on a thread of its own, as files that an interrupted thread reads or writes are closed. The
 * calling thread waits, and hears of the work meanwhile.
 */
final class UninterruptedWork {

  private final BlockingQueue<Runnable> errands = new LinkedBlockingQueue<>();
  private boolean hasEnded;
  private volatile boolean isInterrupted;

  /** Something with a result. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  /** What the calling thread is asked for. */
  @FunctionalInterface
  private interface Errand<T> {
    T run() throws Throwable;
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
    FutureTask<T> task = new FutureTask<>(work::run);
    Runnable all =
        () -> {
          task.run();
          errands.add(() -> hasEnded = true);
        };
    Thread thread = new Thread(all, "ddgan");
    thread.setDaemon(true);
    thread.start();
    while (!hasEnded) {
      try {
        errands.take().run();
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException failure(Throwable cause)
      throws IOException, InterruptedException {
    if (cause instanceof IOException failure) {
      throw failure;
    }
    if (cause instanceof InterruptedException interruption) {
      throw interruption;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return (RuntimeException) cause;
  }

  /** A listener that hears of everything in the calling thread. */
  TrainingListener here(TrainingListener listener) {
    return (TrainingListener)
        Proxy.newProxyInstance(
            TrainingListener.class.getClassLoader(),
            new Class<?>[] {TrainingListener.class},
            (proxy, method, arguments) -> here(() -> call(method, listener, arguments)));
  }

  private static Object call(Method method, TrainingListener listener, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(listener, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** A question that is asked in the calling thread; yes if that was interrupted. */
  BooleanSupplier here(BooleanSupplier question) {
    return () -> {
      try {
        return here((Errand<Boolean>) question::getAsBoolean) || isInterrupted;
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private <T> T here(Errand<T> errand) throws Throwable {
    CompletableFuture<T> answer = new CompletableFuture<>();
    errands.add(
        () -> {
          try {
            answer.complete(errand.run());
          } catch (Throwable e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }
}
