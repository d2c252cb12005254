package io.ddgan.contract;

import io.ddgan.api.Executor;
import io.ddgan.engine.Engine;
import java.util.List;
import java.util.ServiceLoader;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The engine for tests that apply to every engine: that of the executor in the module's test
 * services, or ND4J.
 */
public final class TestedEngine {

  private TestedEngine() {}

  /** Returns the engine. */
  public static Engine get() {
    return ServiceLoader.load(Executor.class)
        .findFirst()
        .map(Executor::createEngine)
        .orElse(Engine.nd4j());
  }

  /** Returns the types to test; only ND4J runs double precision itself. */
  public static List<DataType> types() {
    return get().name().equals(Engine.nd4j().name())
        ? List.of(DataType.DOUBLE, DataType.FLOAT)
        : List.of(DataType.FLOAT);
  }
}
