package io.ddgan.app.process;

import io.ddgan.api.TrialLauncher.Handle;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A process of this machine that ends with its {@link Lifeline}, or is killed. */
final class LocalProcess implements Handle {

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
