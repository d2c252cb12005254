package io.ddgan.train.data;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.commons.io.function.IOFunction;

/**
 * Prepares what the coming training steps need in another thread, in order and a few steps ahead.
 * One step at a time, so that no reader is occupied while there is nothing to do.
 *
 * @param <T> what a step needs
 */
public final class Prefetcher<T> implements AutoCloseable {

  private final Readers readers;
  private final IOFunction<Long, T> preparation;
  private final Queue<CompletableFuture<T>> ready = new ArrayDeque<>();
  private CompletableFuture<T> last = CompletableFuture.completedFuture(null);
  private long upcoming;
  private volatile boolean closed;

  private Prefetcher(Readers readers, long first, IOFunction<Long, T> preparation) {
    this.readers = readers;
    this.upcoming = first;
    this.preparation = preparation;
  }

  /**
   * Starts to prepare.
   *
   * @param readers prepare the steps; closed after the prefetcher
   * @param first the step that the first call of {@link #next()} is for
   * @param ahead how many steps may be ready at once, at least 1
   * @param preparation what a step needs; called for one step after the other, by changing threads
   */
  public static <T> Prefetcher<T> start(
      Readers readers, long first, int ahead, IOFunction<Long, T> preparation) {
    Prefetcher<T> prefetcher = new Prefetcher<>(readers, first, preparation);
    for (int i = 0; i < ahead; i++) {
      prefetcher.prepareNext();
    }
    return prefetcher;
  }

  private void prepareNext() {
    long step = upcoming++;
    last = last.thenApplyAsync(before -> prepare(step), readers::execute);
    ready.add(last);
  }

  private T prepare(long step) {
    if (closed) {
      throw new IllegalStateException("the prefetcher is closed");
    }
    try {
      return preparation.apply(step);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  /** What the next step needs; waits until it is ready, and throws what its preparation threw. */
  public T next() throws IOException, InterruptedException {
    try {
      T next = ready.element().get();
      ready.remove();
      prepareNext();
      return next;
    } catch (ExecutionException e) {
      throw Readers.rethrown(e.getCause());
    }
  }

  /** Stops to prepare; returns when the preparation under way, if any, has ended. */
  @Override
  public void close() {
    closed = true;
    // Without an interrupt, which would close the files of the examples.
    last.handle((done, failure) -> null).join();
  }
}
