package io.ddgan.onednn;

import io.ddgan.api.Executor;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;
import io.ddgan.engine.Engine;

/** oneDNN 3 and vectors. */
public record Onednn(
    @Key(
            "how 3x3 convolutions are done: on tiles of 4x4 pixels, in a quarter of the products, or directly, which rounds less")
        WinogradTiles winograd)
    implements Executor {

  /** Winograd's ways of 3x3 convolutions (Lavin and Gray, 2016). */
  public enum WinogradTiles {
    /** F(4x4, 3x3), where the maps and their channels suit it. */
    TILES_OF_4,
    /** Direct convolutions everywhere. */
    NONE
  }

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
