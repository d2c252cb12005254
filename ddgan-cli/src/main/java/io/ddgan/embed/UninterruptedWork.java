package io.ddgan.embed;

import io.ddgan.api.TrainingListener;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Work on a thread of its own, as files that an interrupted thread reads or writes are closed. The
 * calling thread waits, and hears of the work meanwhile.
 */
final class UninterruptedWork {

  private final BlockingQueue<FutureTask<?>> errands = new LinkedBlockingQueue<>();
  private volatile boolean hasEnded;
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
    FutureTask<T> task = new FutureTask<>(work::run);
    Thread thread = new Thread(() -> workAndWake(task), "ddgan");
    thread.setDaemon(true);
    thread.start();
    while (thread.isAlive() && !hasEnded) {
      try {
        Optional.ofNullable(errands.poll(1, TimeUnit.SECONDS)).ifPresent(Runnable::run);
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    hasEnded = true;
    // A thread of a plug-in may still wait for one.
    errands.forEach(errand -> errand.cancel(false));
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

  private void workAndWake(FutureTask<?> task) {
    task.run();
    errands.add(new FutureTask<>(() -> hasEnded = true));
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
    return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
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
      throws Exception {
    try {
      return method.invoke(listener, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }

  /** A question that is asked in the calling thread; yes if that was interrupted. */
  BooleanSupplier here(BooleanSupplier question) {
    return () -> {
      try {
        return here((Callable<Boolean>) question::getAsBoolean) || isInterrupted;
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private <T> T here(Callable<T> errand) throws Throwable {
    FutureTask<T> task = new FutureTask<>(errand);
    errands.add(task);
    if (hasEnded) { // and nobody takes errands any more
      task.cancel(false);
    }
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }
}
