package io.ddgan.web;

import io.ddgan.api.CommandContext;
import java.util.concurrent.CountDownLatch;

/** Serves until the process is asked to end. */
final class UntilEnd {

  private UntilEnd() {}

  /** What is to be done before the end. */
  @FunctionalInterface
  interface Work {

    void run() throws InterruptedException;
  }

  /**
   * Says that somebody is served now, and returns when the last work is done.
   *
   * @param sentence says where
   */
  static void await(CommandContext context, String sentence, Work last)
      throws InterruptedException {
    context.out().println(sentence);
    context.out().flush();
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(last, done), "ddgan-server-end"));
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
