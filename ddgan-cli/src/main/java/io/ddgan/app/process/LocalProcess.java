package io.ddgan.app.process;

import io.ddgan.api.ProcessLauncher.Handle;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A process of this machine that ends with the one that started it, or is killed. The starter holds
 * the other end of its standard input, which the system closes however the starter ends.
 */
public final class LocalProcess implements Handle {

  /** System property of a process that is to end when its standard input does. */
  static final String LIFELINE = "ddgan.lifeline";

  /** What a shell reports of a process that was asked to terminate. */
  private static final int TERMINATED = 143;

  private final Process process;
  private final Duration patience;
  private final Duration last;
  private long stopped;

  /**
   * Takes over a process whose standard input nobody writes to.
   *
   * @param patience how long it may take to save after {@link #stop}: a step may take minutes
   * @param last how long {@link #close} waits
   */
  LocalProcess(Process process, Duration patience, Duration last) {
    this.process = process;
    this.patience = patience;
    this.last = last;
  }

  /** Lets this process end with its starter, if that wants it. */
  public static void endWithStarter() {
    if (Boolean.getBoolean(LIFELINE)) {
      Thread thread = new Thread(LocalProcess::awaitEnd, "lifeline");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void awaitEnd() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // cut off is as good as closed
    }
    System.exit(TERMINATED);
  }

  @Override
  public boolean isRunning() {
    if (stopped != 0 && System.nanoTime() - stopped > patience.toNanos()) {
      process.destroyForcibly(); // stuck in a native call, perhaps
    }
    return process.isAlive();
  }

  @Override
  public OptionalInt exitCode() {
    return OptionalInt.of(process.exitValue());
  }

  @Override
  public void stop() {
    stopped = System.nanoTime();
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
  }

  @Override
  public void close() {
    stop();
    try {
      if (!process.waitFor(last.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
