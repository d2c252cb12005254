package io.ddgan.onednn;

import io.ddgan.onednn.runtime.VectorLoops;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;

/** Checks whether this machine and JVM can run the kernels. */
final class Availability {

  private static final String VECTORS = "jdk.incubator.vector";

  private Availability() {}

  /** Returns the problem that is known before ND4J is loaded, if any. */
  static Optional<String> problem() {
    if (!hasVectors()) {
      return Optional.of("start Java with --add-modules " + VECTORS);
    }
    try {
      int unused = VectorLoops.check();
      Loader.load(org.bytedeco.dnnl.global.dnnl.class);
      return Optional.empty();
    } catch (LinkageError e) {
      return Optional.of("its library cannot be loaded (" + e.getMessage() + ")");
    }
  }

  /** Returns whether the JVM was started with its vector module. */
  static boolean hasVectors() {
    return ModuleLayer.boot().findModule(VECTORS).isPresent();
  }

  /** Returns the problem with ND4J's backend, if any. */
  static Optional<String> backendProblem() {
    return Nd4j.getEnvironment().isCPU()
        ? Optional.empty()
        : Optional.of("ND4J does not run on the CPU");
  }
}
