package io.ddgan.train;

import io.ddgan.api.Executor;
import io.ddgan.engine.Engine;

/** ND4J's own operations. They run on every platform, with the precision of float32. */
public record Nd4jExecutor() implements Executor {

  @Override
  public Engine createEngine() {
    return Engine.nd4j();
  }
}
