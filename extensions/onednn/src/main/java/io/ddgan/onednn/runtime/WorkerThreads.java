package io.ddgan.onednn.runtime;

import java.time.Duration;
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
public final class WorkerThreads {

  /**
   * How often a worker looks for the next kernel before it sleeps: some tens of microseconds. It
   * does not call {@link Thread#onSpinWait} meanwhile: newer processors pause for more than a
   * hundred cycles then, and the host of a virtual machine may take the core away.
   */
  private static final int SPINS = 100_000;

  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

  /** One of the parts of a kernel. */
  @FunctionalInterface
  public interface Part {

    /**
     * Does it.
     *
     * @param index of the part
     * @param worker of the thread, from 0, for memory that a thread has for itself
     */
    void run(int index, int worker);
  }

  /**
   * Parts to be done. Each thread begins with neighbouring ones of its own, and goes on with those
   * of others that have not begun with them: one that sleeps, or whose core is somebody else's for
   * a while, is not waited for.
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

    /** The first part of a thread. */
    private int first(int thread) {
      return (int) ((long) parts * thread / next.length);
    }

    /** Does what nobody has begun. */
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
   * @param count number of threads with the one that calls, at least 1
   * @param prepare what each thread does before anything else
   */
  public WorkerThreads(int count, Runnable prepare) {
    this(count, prepare, LONGEST_SLEEP);
  }

  /**
   * Starts threads.
   *
   * @param longestSleep how long a thread sleeps without work before it ends; more than nothing
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

  /** Number of threads with the one that calls. */
  int count() {
    return count;
  }

  /**
   * Does all parts; each thread begins with neighbouring ones. Every other time it goes through
   * them backwards: what has been written last, and is still in its cache, is read first.
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
        Thread.yield(); // others want the core that the last thread needs
      }
    }
    Throwable failure = current.failure.get();
    if (failure != null) {
      throw new IllegalStateException(
          "a part of a kernel failed: " + failure.getMessage(), failure);
    }
  }

  /** A thread besides the caller's, which ends when nothing is done for long. */
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

    /** Whether it comes to the round that has begun; otherwise it has ended. */
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
        seen = rounds; // before the round, which may be a later one
        round.ifPresent(current -> current.work(worker));
      }
    }

    /** Waits until there is another round than the one that was seen last. */
    private boolean isAwake(int seen) {
      int spins = 0;
      while (rounds == seen && spins < SPINS) {
        spins++;
      }
      return rounds != seen || isWoken(seen);
    }

    /** Sleeps until there is another round; false if there was none for too long. */
    private boolean isWoken(int seen) {
      long end = System.nanoTime() + longestSleep;
      while (rounds == seen) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return !state.compareAndSet(State.ASLEEP, State.ENDED);
        }
        state.set(State.ASLEEP);
        if (rounds == seen) { // whoever begins another from here on sees that this one sleeps
          LockSupport.parkNanos(this, left);
          Thread.interrupted(); // who interrupts it asks for nothing, and it could not sleep again
        }
      }
      state.set(State.AWAKE);
      return true;
    }
  }
}
