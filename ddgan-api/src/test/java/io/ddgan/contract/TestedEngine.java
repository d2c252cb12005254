package io.ddgan.contract;

import io.ddgan.api.Executor;
import io.ddgan.engine.Engine;
import java.util.List;
import java.util.ServiceLoader;
import org.nd4j.linalg.api.buffer.DataType;

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
        .map(Executor::createEngine)
        .orElse(Engine.nd4j());
  }

  /** The types to test it with: other engines than ND4J's leave double precision to that. */
  public static List<DataType> types() {
    return get().name().equals(Engine.nd4j().name())
        ? List.of(DataType.DOUBLE, DataType.FLOAT)
        : List.of(DataType.FLOAT);
  }
}
