package io.ddgan.train;

import io.ddgan.api.Executor;
import io.ddgan.engine.Engine;

/** ND4J's own operations, which run everywhere, and as exactly as float32 allows. */
public record Nd4jExecutor() implements Executor {

  @Override
  public Engine start() {
    return Engine.nd4j();
  }
}
