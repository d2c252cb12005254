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
final class WorkerThreads {

  /**
   * How often a worker looks for the next kernel before it sleeps: some tens of microseconds. It
   * does not call {@link Thread#onSpinWait} meanwhile: newer processors pause for more than a
   * hundred cycles then, and the host of a virtual machine may take the core away.
   */
  private static final int SPINS = 100_000;

  private static final long LONGEST_SLEEP = 10_000_000; // in nanoseconds, if a wake-up was missed

  private static final int HALF_A_MINUTE = 3000; // of such sleeps

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
  private final Runnable prepare;
  private final int mostSleeps;
  private final List<Helper> helpers = new ArrayList<>();
  private volatile Optional<Round> round = Optional.empty();
  private volatile int rounds;

  /**
   * Starts threads.
   *
   * @param count number of threads with the one that calls, at least 1
   * @param prepare what each thread does before anything else
   */
  WorkerThreads(int count, Runnable prepare) {
    this(count, prepare, HALF_A_MINUTE);
  }

  /**
   * Starts threads.
   *
   * @param mostSleeps number of sleeps of a hundredth of a second without work after which a thread
   *     ends
   */
  WorkerThreads(int count, Runnable prepare, int mostSleeps) {
    this.count = count;
    this.mostSleeps = mostSleeps;
    this.prepare = prepare;
    for (int i = 1; i < count; i++) {
      helpers.add(start(i));
    }
  }

  /** A helper that does the round that comes next, or has just begun. */
  private Helper start(int worker) {
    Helper helper = new Helper(worker, round.isEmpty() ? 0 : rounds - 1);
    helper.setDaemon(true);
    helper.start();
    return helper;
  }

  /** Number of threads with the one that calls. */
  int count() {
    return count;
  }

  /** Does all parts; each thread has neighbouring ones. */
  @SuppressWarnings({"NonAtomicVolatileUpdate", "ThreadPriorityCheck"}) // one thread calls
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
    for (int i = 0; i < helpers.size(); i++) {
      if (helpers.get(i).hasEnded()) {
        helpers.set(i, start(i + 1));
      } else {
        helpers.get(i).wake();
      }
    }
    doShare(current, 0);
    for (int spins = 0; current.done.get() < count; spins++) {
      if (spins >= SPINS) {
        Thread.yield(); // others want the core that the last thread needs
      }
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

  /** A thread besides the caller's, which ends when nothing is done for long. */
  private final class Helper extends Thread {

    private static final int AWAKE = 0;
    private static final int ASLEEP = 1;
    private static final int ENDING = 2;
    private static final int ENDED = 3;

    private final int worker;
    private final AtomicInteger state = new AtomicInteger(AWAKE);
    private int done;

    Helper(int worker, int done) {
      super("worker-" + worker);
      this.worker = worker;
      this.done = done;
    }

    /** Whether another thread has to be started in place of this one. */
    boolean hasEnded() {
      return state.compareAndSet(ENDING, ENDED);
    }

    void wake() {
      if (state.get() == ASLEEP) {
        LockSupport.unpark(this);
      }
    }

    @Override
    public void run() {
      prepare.run();
      while (waitForRound()) {
        done++;
        doShare(round.orElseThrow(), worker);
      }
    }

    /** Whether there is another one to do. */
    private boolean waitForRound() {
      int spins = 0;
      while (rounds == done && spins < SPINS) {
        spins++;
      }
      state.set(ASLEEP);
      for (int sleeps = 0; rounds == done; sleeps++) {
        LockSupport.parkNanos(this, LONGEST_SLEEP);
        if (sleeps == mostSleeps) {
          state.set(ENDING);
          // A round that began meanwhile is this thread's, unless another was started for it.
          return rounds != done && state.compareAndSet(ENDING, AWAKE);
        }
      }
      state.set(AWAKE);
      return true;
    }
  }
}
