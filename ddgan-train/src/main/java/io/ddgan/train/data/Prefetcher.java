package io.ddgan.train.data;

import io.ddgan.api.RefusedException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Prepares what the coming training steps need in another thread, in order and a few steps ahead.
 *
 * @param <T> what a step needs
 */
public final class Prefetcher<T> implements AutoCloseable {

  private final Readers readers;
  private final Preparation<T> preparation;
  private final int ahead;
  private final Queue<T> ready = new ArrayDeque<>();
  private long upcoming;
  private boolean preparing;
  private Optional<Throwable> failure = Optional.empty();
  private boolean closed;

  /** Prepares what one step needs; called for one step after the other, by changing threads. */
  @FunctionalInterface
  public interface Preparation<T> {

    /** What the step needs. */
    T prepare(long step) throws IOException;
  }

  private Prefetcher(Readers readers, long first, int ahead, Preparation<T> preparation) {
    this.readers = readers;
    this.upcoming = first;
    this.ahead = ahead;
    this.preparation = preparation;
  }

  /**
   * Starts to prepare.
   *
   * @param readers prepare the steps; closed after the prefetcher
   * @param first the step that the first call of {@link #next()} is for
   * @param ahead how many steps may be ready at once, at least 1
   * @param preparation prepares what one step needs
   */
  public static <T> Prefetcher<T> start(
      Readers readers, long first, int ahead, Preparation<T> preparation) {
    if (ahead < 1) {
      throw new IllegalArgumentException("at least 1 step must be prepared ahead, not " + ahead);
    }
    Prefetcher<T> prefetcher = new Prefetcher<>(readers, first, ahead, preparation);
    prefetcher.goOn();
    return prefetcher;
  }

  /**
   * What the next step needs; waits until it is ready.
   *
   * @throws IOException if it could not be read; has the reader's exception as its cause
   * @throws RefusedException if that is what the reader has thrown, and so for any Error
   * @throws IllegalStateException if its preparation failed otherwise, with the reader's exception
   *     as its cause, or if the prefetcher is closed
   */
  public synchronized T next() throws IOException, InterruptedException {
    while (ready.isEmpty() && failure.isEmpty() && !closed) {
      wait();
    }
    if (closed) {
      throw new IllegalStateException("the prefetcher is closed");
    }
    if (ready.isEmpty()) {
      Throwable cause = failure.orElseThrow();
      if (cause instanceof IOException) {
        throw new IOException(cause.getMessage(), cause);
      }
      if (cause instanceof Error error) {
        throw error;
      }
      if (cause instanceof RefusedException refusal) {
        throw refusal;
      }
      throw new IllegalStateException("the next batch could not be prepared: " + cause, cause);
    }
    T next = ready.remove();
    goOn();
    return next;
  }

  /** Stops to prepare; returns when the preparation under way, if any, has ended. */
  @Override
  public synchronized void close() {
    closed = true;
    ready.clear();
    notifyAll();
    boolean isInterrupted = false;
    while (preparing) {
      try {
        wait(); // without an interrupt, which would close the files of the examples
      } catch (InterruptedException e) {
        isInterrupted = true; // whoever closes the files next must find nobody reading
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Has the next step prepared, if there is room. One step at a time, so that no reader is occupied
   * while there is nothing to do.
   */
  private synchronized void goOn() {
    if (!preparing && !closed && failure.isEmpty() && ready.size() < ahead) {
      long step = upcoming++;
      readers.execute(() -> prepare(step));
      preparing = true;
    }
  }

  private void prepare(long step) {
    try {
      end(Optional.of(preparation.prepare(step)), Optional.empty());
    } catch (Throwable e) { // whatever it is, the consumer must not wait for ever
      end(Optional.empty(), Optional.of(e));
    }
  }

  private synchronized void end(Optional<T> prepared, Optional<Throwable> problem) {
    preparing = false;
    if (!closed) {
      prepared.ifPresent(ready::add);
    }
    failure = problem;
    goOn();
    notifyAll();
  }
}
