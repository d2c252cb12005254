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
 * Threads that read and decode the examples of training. All of them run from the beginning: a
 * thread inherits the cores of the one that starts it, and loading the native library may bind the
 * loading thread to a single core. Start them before.
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
            new ThreadPoolExecutor.DiscardPolicy()); // as they end, those that read finish alone
  }

  /** Starts as many threads as there are processors. */
  public static Readers start() {
    return start(Runtime.getRuntime().availableProcessors());
  }

  /** Starts so many threads, at least 1. */
  static Readers start(int count) {
    Readers readers = new Readers(count);
    readers.threads.prestartAllCoreThreads();
    return readers;
  }

  /** Does some work, which must not throw, in one of the threads when one is free. */
  void execute(Runnable work) {
    threads.execute(work);
  }

  /**
   * Reads parts in any order, several at once, and returns when no thread reads any of them any
   * more. The calling thread takes part, and waits for nothing that has not begun; so it may be one
   * of these threads.
   *
   * @param count number of parts, at least 1
   * @param part reads a part, counted from 0; called for several parts at once
   * @throws IOException what reading one part after the other would throw: the failure of the first
   *     part that fails. The same holds for exceptions of other kinds.
   */
  public void read(int count, IOIntConsumer part) throws IOException {
    Reading reading = new Reading(threads, count, part);
    reading.run();
    reading.end.join();
    if (!reading.failures.isEmpty()) {
      throw rethrown(reading.failures.get(reading.failures.firstKey()));
    }
  }

  /** Throws what another thread has thrown as it read. */
  static IOException rethrown(Throwable failure) throws IOException {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    throw (IOException) failure; // there are no other checked exceptions
  }

  /** Ends the threads when they have done all work; returns when it is done. */
  @Override
  public void close() {
    threads.shutdown(); // without interrupts, which would close the files of the examples
    boolean isInterrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        isInterrupted = true; // whoever closes the files next must find nobody reading
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Parts that threads take one after the other, until all are taken. Each thread calls the next
   * one before it begins, so that parts that take no time wake none but the first.
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
      } catch (Throwable e) { // whatever it is, nobody must wait for ever
        failures.put(i, e);
      }
    }
  }
}
