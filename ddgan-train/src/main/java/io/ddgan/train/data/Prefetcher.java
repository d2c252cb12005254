package io.ddgan.train.data;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.commons.io.function.IOFunction;

/**
 * Prepares the data of coming training steps in other threads, a few steps ahead and in order, one
 * step at a time.
 *
 * @param <T> type of a step's data
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
   * Starts preparing.
   *
   * @param readers the threads that prepare steps; must be closed after the prefetcher
   * @param first the step of the first call of {@link #next()}
   * @param ahead maximum number of prepared steps, at least 1
   * @param preparation prepares a step's data; called for one step after the other, from changing
   *     threads
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

  /**
   * Waits for the next step's data and returns it, or rethrows the exception of its preparation.
   */
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

  /** Stops preparing and waits for a preparation under way. */
  @Override
  public void close() {
    closed = true;
    // An interrupt would close the files of the examples.
    last.handle((done, failure) -> null).join();
  }
}
