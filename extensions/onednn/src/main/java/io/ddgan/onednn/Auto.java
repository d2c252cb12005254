package io.ddgan.onednn;

import io.ddgan.api.Executor;
import io.ddgan.engine.Engine;

/** oneDNN where its library can be loaded, and ND4J elsewhere. */
public record Auto() implements Executor {

  @Override
  public Engine start() {
    return new Onednn().start();
  }
}
