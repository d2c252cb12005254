package io.ddgan.internal.file;

import java.util.concurrent.CountDownLatch;

/**
 * Keeps a process that was asked to end alive until a file is whole, which does not take long: what
 * is half written would stay behind.
 */
final class Finishing implements AutoCloseable {

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::await, "finishing");

  private Finishing() {}

  /** Until it is closed. */
  static Finishing begin() {
    Finishing finishing = new Finishing();
    try {
      Runtime.getRuntime().addShutdownHook(finishing.hook);
    } catch (IllegalStateException e) {
      finishing.done.countDown(); // it ends already, and somebody else keeps it alive
    }
    return finishing;
  }

  private void await() {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // it ends now that it may
    }
  }
}
