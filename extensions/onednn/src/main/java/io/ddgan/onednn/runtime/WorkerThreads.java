package io.ddgan.onednn.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that run the parts of a kernel together with the caller. They spin for a while for the
 * next kernel, because it usually follows at once, then sleep.
 */
public final class WorkerThreads implements AutoCloseable {

  /** Checks of the caller for the other threads' parts before it offers its core to them. */
  private static final int SPINS = 100_000;

  /** Pauses of a worker before it sleeps, which last some hundred microseconds. */
  private static final int PAUSES = 5_000;

  /** A part of a kernel. */
  @FunctionalInterface
  public interface Part {

    /**
     * Runs a part.
     *
     * @param index index of the part
     * @param worker index of the thread from 0, for thread-local memory
     */
    void run(int index, int worker);
  }

  /**
   * The parts of one kernel run. Each thread starts with its own consecutive parts and then steals
   * those that others have not begun, so nobody waits for a sleeping or preempted thread.
   */
  private static final class Round {

    private final Part part;
    private final int parts;
    private final boolean isBackward;
    private final AtomicInteger[] next;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Round(Part part, int parts, boolean isBackward, int threads) {
      this.part = part;
      this.parts = parts;
      this.isBackward = isBackward;
      this.next = new AtomicInteger[threads];
      for (int i = 0; i < threads; i++) {
        next[i] = new AtomicInteger(first(i));
      }
    }

    /** Returns the first part of a thread. */
    private int first(int thread) {
      return (int) ((long) parts * thread / next.length);
    }

    /** Runs parts that no thread has begun. */
    void work(int worker) {
      for (int i = 0; i < next.length; i++) {
        int owner = (worker + i) % next.length;
        int end = first(owner + 1);
        for (int index = claim(owner, end); index < end; index = claim(owner, end)) {
          run(isBackward ? first(owner) + end - 1 - index : index, worker);
        }
      }
    }

    private int claim(int owner, int end) {
      return next[owner].get() < end ? next[owner].getAndIncrement() : end;
    }

    private void run(int index, int worker) {
      try {
        part.run(index, worker);
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      } finally {
        done.incrementAndGet();
      }
    }

    boolean isDone() {
      return done.get() == parts;
    }
  }

  private final int count;
  private final Runnable prepare;
  private final List<Helper> helpers = new ArrayList<>();
  private volatile Optional<Round> round = Optional.empty();
  private volatile int rounds;
  private volatile boolean isClosed;
  private boolean isBackward;

  /**
   * Creates threads, which start with the first kernel.
   *
   * @param count number of threads including the caller, at least 1
   * @param prepare run by each thread at its start
   */
  public WorkerThreads(int count, Runnable prepare) {
    this.count = count;
    this.prepare = prepare;
  }

  /** Returns the number of threads including the caller. */
  int count() {
    return count;
  }

  /**
   * Runs all parts; each thread begins with consecutive ones. Every second run is in reverse order,
   * to read first what was written last and is still cached.
   */
  @SuppressWarnings({"NonAtomicVolatileUpdate", "ThreadPriorityCheck"}) // one thread calls
  public void run(int parts, Part part) {
    isBackward = !isBackward;
    if (count == 1 || parts <= 1) {
      for (int i = 0; i < parts; i++) {
        part.run(isBackward ? parts - 1 - i : i, 0);
      }
      return;
    }
    while (helpers.size() < count - 1) {
      Helper helper = new Helper(helpers.size() + 1);
      helper.start(); // throws if the machine has no room for another thread
      helpers.add(helper);
    }
    Round current = new Round(part, parts, isBackward, count);
    round = Optional.of(current);
    rounds++;
    helpers.forEach(Helper::wake);
    current.work(0);
    for (int spins = 0; !current.isDone(); spins++) {
      if (spins >= SPINS) {
        Thread.yield(); // the last thread may need this core
      }
    }
    Throwable failure = current.failure.get();
    if (failure != null) {
      throw new IllegalStateException(
          "a part of a kernel failed: " + failure.getMessage(), failure);
    }
  }

  /** Ends the threads and waits for their end. */
  @Override
  @SuppressWarnings({"NonAtomicVolatileUpdate", "ThreadPriorityCheck"}) // one thread calls
  public void close() {
    isClosed = true;
    rounds++;
    helpers.forEach(Helper::wake);
    while (helpers.stream().anyMatch(Thread::isAlive)) {
      Thread.yield(); // it takes microseconds; join could be interrupted
    }
  }

  /** A worker thread. */
  private final class Helper extends Thread {

    private final int worker;
    private final AtomicBoolean isAsleep = new AtomicBoolean();

    Helper(int worker) {
      super("worker-" + worker);
      this.worker = worker;
      setDaemon(true);
    }

    /** Wakes the thread for a new round. */
    void wake() {
      if (isAsleep.compareAndSet(true, false)) {
        LockSupport.unpark(this);
      }
    }

    @Override
    public void run() {
      prepare.run();
      int seen = rounds; // read before the round, which may be a later one
      while (!isClosed) {
        round.ifPresent(current -> current.work(worker));
        await(seen);
        seen = rounds;
      }
    }

    /** Waits until there is a new round. */
    private void await(int seen) {
      for (int i = 0; rounds == seen && i < PAUSES; i++) {
        Thread.onSpinWait(); // leaves more of a shared core to the caller
      }
      while (rounds == seen) {
        isAsleep.set(true);
        if (rounds == seen) { // a later round sees this thread as sleeping
          LockSupport.park(this);
          Thread.interrupted(); // an interrupt would keep it from sleeping
        }
      }
      isAsleep.set(false);
    }
  }
}
