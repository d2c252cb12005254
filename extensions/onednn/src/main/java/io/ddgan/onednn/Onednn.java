package io.ddgan.onednn;

import io.ddgan.api.Executor;
import io.ddgan.engine.Engine;

/** oneDNN 3 and vectors. */
public record Onednn() implements Executor {

  @Override
  public Engine start() {
    return new OnednnEngine(Integer.getInteger("threads", java.lang.Runtime.getRuntime().availableProcessors()));
  }
}
