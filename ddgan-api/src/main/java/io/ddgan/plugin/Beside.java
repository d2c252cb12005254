package io.ddgan.plugin;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Runs what plug-ins do as they are loaded in a thread beside, so that one which does not come to
 * its end, or fills the memory, holds up nobody and is named.
 *
 * @param patience how long one may take
 */
record Beside(Duration patience) {

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
      return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new OverrunException(
          "%s has not come to its end within %.0f s"
              .formatted(where(thread).orElse("it"), patience.toMillis() / 1e3),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OverrunException("loading it was interrupted", e);
    } catch (ExecutionException e) {
      Optional<Throwable> overrun =
          Stream.iterate(e.getCause(), Objects::nonNull, Throwable::getCause)
              .filter(VirtualMachineError.class::isInstance)
              .findFirst();
      if (overrun.isPresent()) {
        throw new OverrunException(overrun.get().toString(), overrun.get());
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }

  /** The plug-in's method that a thread is in. */
  private static Optional<String> where(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .filter(frame -> !frame.getClassName().matches("(java|jdk|sun)\\..*"))
        .findFirst()
        .map(frame -> frame.getClassName() + "." + frame.getMethodName());
  }

  /** A plug-in that takes too long, or too much. */
  static final class OverrunException extends Exception {

    OverrunException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
