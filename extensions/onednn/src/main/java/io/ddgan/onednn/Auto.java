package io.ddgan.onednn;

import io.ddgan.api.Executor;
import io.ddgan.engine.Engine;

/** Uses oneDNN where available, otherwise ND4J after one warning. */
public record Auto() implements Executor {

  @Override
  public Engine createEngine() {
    return new OnednnEngine(true, true);
  }
}
