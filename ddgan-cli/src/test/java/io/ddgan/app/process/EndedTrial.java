package io.ddgan.app.process;

import io.ddgan.api.ProcessLauncher.Handle;
import java.util.OptionalInt;

/** A trial that ended when it was launched. */
public record EndedTrial(OptionalInt exitCode) implements Handle {

  @Override
  public boolean isActive() {
    return false;
  }

  @Override
  public void stop() {}

  @Override
  public void close() {}
}
