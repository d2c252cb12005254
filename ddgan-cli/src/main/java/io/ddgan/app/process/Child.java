package io.ddgan.app.process;

import io.ddgan.api.TrialLauncher.Handle;
import java.io.IOException;
import java.util.OptionalInt;

/**
 * A process that holds on to a {@link Lifeline}.
 *
 * @param process whose standard input nobody writes to
 */
record Child(Process process) implements Handle {

  @Override
  public boolean isRunning() {
    return process.isAlive();
  }

  @Override
  public OptionalInt exitCode() {
    return OptionalInt.of(process.exitValue());
  }

  @Override
  public void stop() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
  }

  @Override
  public void close() {
    stop();
    process.onExit().join();
  }
}
