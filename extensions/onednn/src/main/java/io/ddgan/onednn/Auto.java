package io.ddgan.onednn;

import io.ddgan.api.Executor;
import io.ddgan.engine.Engine;

/** oneDNN where it can be had, and ND4J elsewhere, which is said once. */
public record Auto() implements Executor {

  @Override
  public Engine start() {
    return new OnednnEngine(true, true);
  }
}
