package io.ddgan.app.process;

import io.ddgan.api.ProcessLauncher.Handle;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A local process that ends or is killed with its starter. The starter holds its standard input,
 * which the system closes when the starter ends.
 */
public final class LocalProcess implements Handle {

  /** System property of a process that ends when its standard input is closed. */
  static final String LIFELINE = "ddgan.lifeline";

  /** The exit code of a process after SIGTERM. */
  private static final int TERMINATED = 143;

  private final Process process;
  private final Duration patience;
  private final Duration last;
  private long stopped;

  /**
   * Wraps a process whose standard input is otherwise unused.
   *
   * @param patience time to save after {@link #stop}; a step may take minutes
   * @param last time that {@link #close} waits
   */
  LocalProcess(Process process, Duration patience, Duration last) {
    this.process = process;
    this.patience = patience;
    this.last = last;
  }

  /** Ends this process with its starter, if the property is set. */
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
      // a broken pipe also ends the process
    }
    System.exit(TERMINATED);
  }

  @Override
  public boolean isActive() {
    if (stopped != 0 && System.nanoTime() - stopped > patience.toNanos()) {
      process.destroyForcibly(); // it may be stuck in a native call
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
