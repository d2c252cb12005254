package io.ddgan.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that do the parts of a kernel together with the one that calls it. They wait for the next
 * kernel actively for a while, because it usually comes at once, and sleep when it does not.
 */
final class Workers {

  /** Some tens of microseconds, after which a worker sleeps. */
  private static final int SPINS = 20_000;

  private static final long LONGEST_SLEEP = 10_000_000; // in nanoseconds, if a wake-up was missed

  /** One of the parts of a kernel. */
  @FunctionalInterface
  interface Part {

    /**
     * Does it.
     *
     * @param index of the part
     * @param worker of the thread, from 0, for memory that a thread has for itself
     */
    void run(int index, int worker);
  }

  /** Parts to be done, and how many threads have done theirs. */
  private record Round(
      Part part, int parts, AtomicInteger done, AtomicReference<Throwable> failure) {}

  private final int count;
  private final List<Helper> helpers = new ArrayList<>();
  private volatile Optional<Round> round = Optional.empty();
  private volatile int rounds;

  /**
   * Starts threads.
   *
   * @param count number of threads with the one that calls, at least 1
   * @param prepare what each thread does before anything else
   */
  Workers(int count, Runnable prepare) {
    this.count = count;
    for (int i = 1; i < count; i++) {
      Helper helper = new Helper(i, prepare);
      helper.setDaemon(true);
      helper.start();
      helpers.add(helper);
    }
  }

  /** Number of threads with the one that calls. */
  int count() {
    return count;
  }

  /** Does all parts; each thread has neighbouring ones. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread calls
  void run(int parts, Part part) {
    if (count == 1 || parts <= 1) {
      for (int i = 0; i < parts; i++) {
        part.run(i, 0);
      }
      return;
    }
    Round current = new Round(part, parts, new AtomicInteger(), new AtomicReference<>());
    round = Optional.of(current);
    rounds++;
    for (Helper helper : helpers) {
      if (helper.isAsleep) {
        LockSupport.unpark(helper);
      }
    }
    doShare(current, 0);
    while (current.done.get() < count) {
      Thread.onSpinWait();
    }
    Throwable failure = current.failure.get();
    if (failure != null) {
      throw new IllegalStateException(
          "a part of a kernel failed: " + failure.getMessage(), failure);
    }
  }

  private void doShare(Round current, int worker) {
    try {
      int end = (int) ((long) current.parts * (worker + 1) / count);
      for (int i = (int) ((long) current.parts * worker / count); i < end; i++) {
        current.part.run(i, worker);
      }
    } catch (RuntimeException | Error e) {
      current.failure.compareAndSet(null, e);
    } finally {
      current.done.incrementAndGet();
    }
  }

  /** A thread besides the caller's. */
  private final class Helper extends Thread {

    private final int worker;
    private final Runnable prepare;
    private volatile boolean isAsleep;

    Helper(int worker, Runnable prepare) {
      super("worker-" + worker);
      this.worker = worker;
      this.prepare = prepare;
    }

    @Override
    public void run() {
      prepare.run();
      int done = 0;
      while (true) {
        int spins = 0;
        while (rounds == done) {
          if (spins++ < SPINS) {
            Thread.onSpinWait();
          } else {
            isAsleep = true;
            if (rounds == done) {
              LockSupport.parkNanos(this, LONGEST_SLEEP);
            }
            isAsleep = false;
          }
        }
        done++;
        doShare(round.orElseThrow(), worker);
      }
    }
  }
}
