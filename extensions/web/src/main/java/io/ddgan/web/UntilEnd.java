package io.ddgan.web;

import java.util.concurrent.CountDownLatch;

/** Waits until the process is asked to end. */
final class UntilEnd {

  private UntilEnd() {}

  /** What is to be done before the end. */
  @FunctionalInterface
  interface Work {

    void run() throws InterruptedException;
  }

  /**
   * Waits, and returns when the last work is done.
   *
   * @param name of the thread that does it
   */
  static void await(String name, Work last) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(last, done), name));
    done.await();
  }

  private static void finish(Work last, CountDownLatch done) {
    try {
      last.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      done.countDown();
    }
  }
}
