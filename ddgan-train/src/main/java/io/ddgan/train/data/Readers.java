package io.ddgan.train.data;

import java.io.IOException;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.io.function.IOIntConsumer;

/**
 * Threads that read and decode the training examples. All are started at once and must be started
 * before the native library is loaded: loading may pin its thread to one core, which threads
 * started later inherit.
 */
public final class Readers implements AutoCloseable {

  private final ThreadPoolExecutor threads;

  private Readers(int count) {
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "reader-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy()); // on shutdown, active readers finish alone
  }

  /** Starts one thread per processor. */
  public static Readers start() {
    return start(Runtime.getRuntime().availableProcessors());
  }

  /** Starts a number of threads, at least 1. */
  static Readers start(int count) {
    Readers readers = new Readers(count);
    readers.threads.prestartAllCoreThreads();
    return readers;
  }

  /** Runs work, which must not throw, in the next free thread. */
  void execute(Runnable work) {
    threads.execute(work);
  }

  /**
   * Reads parts in parallel in any order and returns when all are read. The calling thread takes
   * part and waits only for parts already being read, so it may be one of these threads.
   *
   * @param count number of parts, at least 1
   * @param part reads a part, counted from 0; called in parallel
   * @throws IOException the failure of the first part that fails, as if read sequentially;
   *     unchecked exceptions likewise
   */
  public void read(int count, IOIntConsumer part) throws IOException {
    Reading reading = new Reading(threads, count, part);
    reading.run();
    reading.end.join();
    if (!reading.failures.isEmpty()) {
      throw rethrown(reading.failures.get(reading.failures.firstKey()));
    }
  }

  /** Rethrows the failure of another thread. */
  static IOException rethrown(Throwable failure) throws IOException {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    throw (IOException) failure; // there are no other checked exceptions
  }

  /** Waits until all work is done and stops the threads. */
  @Override
  public void close() {
    threads.shutdown(); // an interrupt would close the files of the examples
    boolean isInterrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        isInterrupted = true; // files are closed next and must not be read any more
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Parts that threads read until all are taken. Each thread wakes another one before it begins, so
   * quick parts do not wake all threads.
   */
  private static final class Reading implements Runnable {

    private final ThreadPoolExecutor threads;
    private final int count;
    private final IOIntConsumer part;
    private final AtomicInteger called = new AtomicInteger(1);
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final SortedMap<Integer, Throwable> failures = new ConcurrentSkipListMap<>();

    Reading(ThreadPoolExecutor threads, int count, IOIntConsumer part) {
      this.threads = threads;
      this.count = count;
      this.part = part;
    }

    @Override
    public void run() {
      if (taken.get() + 1 < count && called.getAndIncrement() < threads.getCorePoolSize()) {
        threads.execute(this);
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

    private void read(int i) {
      try {
        part.accept(i);
      } catch (Throwable e) { // otherwise the waiting threads would block for ever
        failures.put(i, e);
      }
    }
  }
}
