package io.ddgan.train.data;

import java.io.IOException;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.commons.io.function.IOIntConsumer;

/**
 * Parts that threads take one after the other, until all are taken. Each thread calls the next one
 * before it begins, so that parts that take no time wake none but the first.
 */
final class Reading implements Runnable {

  private static final Logger LOG = Logger.getLogger(Reading.class.getName());

  private final Executor threads;
  private final int readers;
  private final int count;
  private final IOIntConsumer part;
  private final AtomicInteger called = new AtomicInteger(1);
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final SortedMap<Integer, Throwable> failures = new ConcurrentSkipListMap<>();

  /**
   * Nothing is read yet.
   *
   * @param threads call {@link #run()} when they are asked to
   * @param readers how many threads may read, with the first
   * @param count number of parts, at least 1
   */
  Reading(Executor threads, int readers, int count, IOIntConsumer part) {
    this.threads = threads;
    this.readers = readers;
    this.count = count;
    this.part = part;
  }

  /** Reads parts until all are taken. */
  @Override
  public void run() {
    if (taken.get() + 1 < count && called.getAndIncrement() < readers) {
      callAnother();
    }
    for (int i = taken.getAndIncrement(); i < count; i = taken.getAndIncrement()) {
      if (failures.isEmpty() || failures.firstKey() > i) {
        read(i);
      }
      if (done.incrementAndGet() == count) {
        end.complete(null);
      }
    }
  }

  private void callAnother() {
    try {
      threads.execute(this);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.FINE, "the threads are ending; those that read go on alone", e);
    }
  }

  private void read(int i) {
    try {
      part.accept(i);
    } catch (Throwable e) { // whatever it is, nobody must wait for ever
      failures.put(i, e);
    }
  }

  /**
   * Waits until no part is read any more.
   *
   * @throws IOException the failure of the first part that has failed
   */
  void await() throws IOException {
    end.join();
    if (failures.isEmpty()) {
      return;
    }
    Throwable first = failures.get(failures.firstKey());
    if (first instanceof IOException e) {
      throw e;
    }
    if (first instanceof Error e) {
      throw e;
    }
    throw first instanceof RuntimeException e ? e : new IllegalStateException(first);
  }
}
