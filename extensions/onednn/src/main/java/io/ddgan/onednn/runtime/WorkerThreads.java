package io.ddgan.onednn.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that run the parts of a kernel together with the caller. They spin for a while for the
 * next kernel, because it usually follows at once, then sleep.
 */
public final class WorkerThreads {

  /**
   * Checks for the next kernel before a worker sleeps: some tens of microseconds. Does not call
   * {@link Thread#onSpinWait}: newer processors pause for over a hundred cycles, and a hypervisor
   * may take the core away.
   */
  private static final int SPINS = 100_000;

  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

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
  private final long longestSleep; // in nanoseconds
  private final List<Helper> helpers = new ArrayList<>();
  private volatile Optional<Round> round = Optional.empty();
  private volatile int rounds;
  private boolean isBackward;

  /**
   * Starts threads.
   *
   * @param count number of threads including the caller, at least 1
   * @param prepare run by each thread at its start
   */
  public WorkerThreads(int count, Runnable prepare) {
    this(count, prepare, LONGEST_SLEEP);
  }

  /**
   * Starts threads.
   *
   * @param longestSleep idle time after which a thread ends; positive
   */
  public WorkerThreads(int count, Runnable prepare, Duration longestSleep) {
    this.count = count;
    this.longestSleep = longestSleep.toNanos();
    this.prepare = prepare;
    for (int i = 1; i < count; i++) {
      helpers.add(start(i));
    }
  }

  private Helper start(int worker) {
    Helper helper = new Helper(worker);
    helper.setDaemon(true);
    helper.start();
    return helper;
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
    Round current = new Round(part, parts, isBackward, count);
    round = Optional.of(current);
    rounds++;
    for (int i = 0; i < helpers.size(); i++) {
      if (!helpers.get(i).wake()) {
        helpers.set(i, start(i + 1));
      }
    }
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

  /** A worker thread, which ends after a long idle time. */
  private final class Helper extends Thread {

    private enum State {
      AWAKE,
      ASLEEP,
      ENDED
    }

    private final int worker;
    private final AtomicReference<State> state = new AtomicReference<>(State.AWAKE);

    Helper(int worker) {
      super("worker-" + worker);
      this.worker = worker;
    }

    /** Wakes the thread for a new round; false if it has ended. */
    boolean wake() {
      if (state.compareAndSet(State.ASLEEP, State.AWAKE)) {
        LockSupport.unpark(this);
      }
      return state.get() != State.ENDED;
    }

    @Override
    public void run() {
      prepare.run();
      int seen = -1;
      while (isAwake(seen)) {
        seen = rounds; // read before the round, which may be a later one
        round.ifPresent(current -> current.work(worker));
      }
    }

    /** Waits until there is a new round; false after a timeout. */
    private boolean isAwake(int seen) {
      int spins = 0;
      while (rounds == seen && spins < SPINS) {
        spins++;
      }
      return rounds != seen || isWoken(seen);
    }

    /** Sleeps until there is a new round; false after a timeout. */
    private boolean isWoken(int seen) {
      long end = System.nanoTime() + longestSleep;
      while (rounds == seen) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return !state.compareAndSet(State.ASLEEP, State.ENDED);
        }
        state.set(State.ASLEEP);
        if (rounds == seen) { // a later round sees this thread as sleeping
          LockSupport.parkNanos(this, left);
          Thread.interrupted(); // an interrupt would keep it from sleeping
        }
      }
      state.set(State.AWAKE);
      return true;
    }
  }
}
