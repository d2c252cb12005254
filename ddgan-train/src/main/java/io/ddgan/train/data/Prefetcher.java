package io.ddgan.train.data;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Prepares what the coming training steps need in a thread of its own, in order and a few steps
 * ahead.
 *
 * @param <T> what a step needs
 */
public final class Prefetcher<T> implements AutoCloseable {

  private final Preparation<T> preparation;
  private final long first;
  private final int ahead;
  private final Thread worker;
  private final Queue<T> ready = new ArrayDeque<>();
  private Optional<Throwable> failure = Optional.empty();
  private boolean closed;

  /** Prepares what one step needs; called for one step after the other in the worker's thread. */
  @FunctionalInterface
  public interface Preparation<T> {

    /** What the step needs. */
    T prepare(long step) throws IOException;
  }

  private Prefetcher(long first, int ahead, Preparation<T> preparation) {
    this.first = first;
    this.ahead = ahead;
    this.preparation = preparation;
    this.worker = new Thread(this::work, "prefetcher");
    worker.setDaemon(true);
  }

  /**
   * Starts to prepare.
   *
   * @param first the step that the first call of {@link #next()} is for
   * @param ahead how many steps may be ready at once, at least 1
   * @param preparation prepares what one step needs
   */
  public static <T> Prefetcher<T> start(long first, int ahead, Preparation<T> preparation) {
    if (ahead < 1) {
      throw new IllegalArgumentException("at least 1 step must be prepared ahead, not " + ahead);
    }
    Prefetcher<T> prefetcher = new Prefetcher<>(first, ahead, preparation);
    prefetcher.worker.start();
    return prefetcher;
  }

  /**
   * What the next step needs; waits until it is ready.
   *
   * @throws IOException if it could not be read; has the worker's exception as its cause
   * @throws IllegalStateException if its preparation failed otherwise, with the worker's exception
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
      throw new IllegalStateException("the next batch could not be prepared: " + cause, cause);
    }
    T next = ready.remove();
    notifyAll();
    return next;
  }

  /** Stops the worker; returns when the preparation under way, if any, has ended. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      ready.clear();
      notifyAll();
    }
    try {
      worker.join(); // without an interrupt, which would close the files of the examples
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      for (long step = first; waitForRoom(); step++) {
        add(preparation.prepare(step));
      }
    } catch (Throwable e) { // whatever it is, the consumer must not wait for ever
      fail(e);
    }
  }

  private synchronized boolean waitForRoom() throws InterruptedException {
    while (ready.size() >= ahead && !closed) {
      wait();
    }
    return !closed;
  }

  private synchronized void add(T item) {
    if (!closed) {
      ready.add(item);
      notifyAll();
    }
  }

  private synchronized void fail(Throwable cause) {
    failure = Optional.of(cause);
    notifyAll();
  }
}
