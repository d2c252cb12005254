package io.ddgan.onednn;

import io.ddgan.api.Executor;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;
import io.ddgan.engine.Engine;

/** Computes with oneDNN 3 and Java's vectors. */
public record Onednn(
    @Key(
            "use Winograd F(4x4, 3x3) for 3x3 convolutions (Lavin and Gray, 2016), which rounds more than direct convolution")
        boolean winograd)
    implements Executor {

  /**
   * {@inheritDoc}
   *
   * @throws RefusedException if oneDNN's library or Java's vectors are missing
   */
  @Override
  public Engine createEngine() {
    Availability.problem()
        .ifPresent(
            reason -> {
              throw new RefusedException("onednn is not available: " + reason);
            });
    return new OnednnEngine(winograd, false);
  }
}
