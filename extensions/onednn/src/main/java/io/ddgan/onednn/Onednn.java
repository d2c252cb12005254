package io.ddgan.onednn;

import io.ddgan.api.Executor;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;
import io.ddgan.engine.Engine;

/** oneDNN 3 and vectors. */
public record Onednn(
    @Key(
            "use Winograd F(4x4, 3x3) for 3x3 convolutions (Lavin and Gray, 2016); direct ones round less")
        boolean winograd)
    implements Executor {

  /**
   * {@inheritDoc}
   *
   * @throws RefusedException if oneDNN's library or Java's vectors are missing
   */
  @Override
  public Engine start() {
    Availability.problem()
        .ifPresent(
            reason -> {
              throw new RefusedException("onednn cannot be used: " + reason);
            });
    return new OnednnEngine(winograd, false);
  }
}
