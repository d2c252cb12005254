package io.ddgan.app.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Finds out whether the system lets this process have some more threads at once. OpenMP ends the
 * process where it cannot have those that it wants.
 */
final class ThreadProbe {

  private static final long STACK = 1 << 16;

  private ThreadProbe() {}

  /**
   * Starts threads that do nothing, and ends them.
   *
   * @throws OutOfMemoryError if there cannot be so many
   */
  static void of(int count) {
    CountDownLatch end = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        Thread thread = new Thread(null, () -> await(end), "probe-" + (i + 1), STACK);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
      }
    } finally {
      end.countDown();
      threads.forEach(ThreadProbe::join);
    }
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // and ends, as it was to
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the thread ends all the same
    }
  }
}
