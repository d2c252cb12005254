package io.ddgan.internal.plugin;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs what plug-ins do as they are loaded in a thread beside, so that one which does not come to
 * its end, or fills the memory, holds up nobody and is named.
 *
 * @param silence how long one may take before it is said who is being waited for
 * @param patience how long one may take, at least as long
 * @param news takes that sentence
 */
record Beside(Duration silence, Duration patience, Consumer<String> news) {

  /**
   * Waits for a plug-in's code.
   *
   * @param plugin file name of its jar or folder
   * @throws OverrunException if it does not end in time, or leaves no memory
   * @throws Exception whatever else the code throws
   */
  <T> T call(String plugin, Callable<T> code) throws Exception {
    FutureTask<T> task = new FutureTask<>(code);
    Thread thread = new Thread(task, plugin);
    thread.setDaemon(true); // it does not keep the process
    thread.start();
    try {
      return await(plugin, task, thread);
    } catch (TimeoutException e) {
      throw new OverrunException(
          "%s has not come to its end within %.0f s".formatted(place(thread), seconds(patience)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OverrunException("loading it was interrupted", e);
    } catch (ExecutionException e) {
      Optional<Throwable> overrun =
          Stream.iterate(e.getCause(), Objects::nonNull, Throwable::getCause)
              .filter(OutOfMemoryError.class::isInstance)
              .findFirst();
      if (overrun.isPresent()) {
        throw new OverrunException(overrun.get().toString(), overrun.get());
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception exception ? exception : e;
    }
  }

  private <T> T await(String plugin, FutureTask<T> task, Thread thread)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return task.get(silence.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      Duration rest = patience.minus(silence);
      news.accept(
          "waiting for the plug-in %s to be loaded, for %.0f s more: %s has not come to its end"
              .formatted(plugin, seconds(rest), place(thread)));
      return task.get(rest.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  /** The plug-in's method that a thread is in. */
  private static String place(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .filter(frame -> !frame.getClassName().matches("(java|jdk|sun)\\..*"))
        .findFirst()
        .map(frame -> frame.getClassName() + "." + frame.getMethodName())
        .orElse("it");
  }

  /** A plug-in that takes too long, or too much. */
  static final class OverrunException extends Exception {

    OverrunException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
