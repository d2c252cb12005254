package io.ddgan.onednn;

import io.ddgan.onednn.runtime.VectorLoops;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;

/** Whether this machine and virtual machine have what the kernels need. */
final class Availability {

  private static final String VECTORS = "jdk.incubator.vector";

  private Availability() {}

  /** What is missing, before anything is computed; empty if nothing is. */
  static Optional<String> problem() {
    if (!hasVectors()) {
      return Optional.of("start Java with --add-modules " + VECTORS);
    }
    try {
      int unused = VectorLoops.check();
      Loader.load(org.bytedeco.dnnl.global.dnnl.class);
      return Optional.empty();
    } catch (LinkageError e) {
      return Optional.of("it cannot be loaded (" + e.getMessage() + ")");
    }
  }

  /** Whether the virtual machine was started with its module of vectors. */
  static boolean hasVectors() {
    return ModuleLayer.boot().findModule(VECTORS).isPresent();
  }

  /** What is missing when ND4J is there. */
  static Optional<String> backendProblem() {
    return Nd4j.getEnvironment().isCPU()
        ? Optional.empty()
        : Optional.of("ND4J computes on another device than the CPU");
  }
}
