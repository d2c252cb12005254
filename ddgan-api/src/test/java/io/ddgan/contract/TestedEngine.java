package io.ddgan.contract;

import io.ddgan.api.Executor;
import io.ddgan.engine.Engine;
import java.util.ServiceLoader;

/**
 * What runs the plans of tests that hold for every engine: that of the executor which a module
 * names among its tests' services, or ND4J.
 */
public final class TestedEngine {

  private TestedEngine() {}

  /** The engine. */
  public static Engine get() {
    return ServiceLoader.load(Executor.class)
        .findFirst()
        .map(Executor::start)
        .orElse(Engine.nd4j());
  }
}
