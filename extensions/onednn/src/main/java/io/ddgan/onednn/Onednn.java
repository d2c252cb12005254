package io.ddgan.onednn;

import io.ddgan.api.Executor;
import io.ddgan.engine.Engine;

/** oneDNN 3 and vectors. */
public record Onednn() implements Executor {

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if oneDNN's library or Java's vectors are missing
   */
  @Override
  public Engine start() {
    Availability.problem()
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException("onednn cannot be used: " + reason);
            });
    return new OnednnEngine();
  }
}
