package io.ddgan.app.environment;

import io.ddgan.eval.records.EvaluationRecord.Machine;
import io.ddgan.internal.graph.AddressSpace;
import java.util.Optional;
import java.util.ServiceLoader;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * The native library that computes.
 *
 * @param name its name, such as {@code CpuBackend}
 * @param threads threads that it computes with
 * @param cores cores that this process may use
 */
public record Backend(String name, int threads, int cores) {

  /** Rows of a matrix whose square is not among the small products, which need no buffer. */
  private static final int PRODUCT = 256;

  /** Those of ND4J and of Java's compiler, which come while it works. */
  private static final int OTHER_THREADS = 8;

  private static final String JAVACPP_LOGGER = "org.bytedeco.javacpp.logger";

  /**
   * Loads the library.
   *
   * @throws io.ddgan.config.ConfigurationException if the environment asks for threads that it
   *     cannot have
   * @throws OutOfMemoryError if the system lets this process have too few threads
   * @throws BackendException if it cannot be used on this machine; the message says why
   */
  public static Backend load() {
    int cores =
        Runtime.getRuntime().availableProcessors(); // the library may bind this thread to one
    // Its message that libraries are of different versions of JavaCPP is for nobody who runs this.
    if (System.getProperty(JAVACPP_LOGGER) == null) {
      System.setProperty(JAVACPP_LOGGER, "slf4j");
    }
    int threads = ThreadCount.of(System.getenv(), cores);
    CudaDevice.problem().ifPresent(Backend::refuse);
    Optional<AddressSpace> bound = AddressSpace.bound();
    ThreadProbe.of(threads + OTHER_THREADS);
    bound.flatMap(space -> LibrarySpace.problem(space, threads)).ifPresent(Backend::refuse);
    try {
      String name = Nd4j.getBackend().getClass().getSimpleName();
      bound.ifPresent(space -> takeBuffers());
      return new Backend(name, Nd4j.getEnvironment().maxThreads(), cores);
    } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
      if (innermost(e) instanceof OutOfMemoryError full) { // of threads, perhaps
        throw full;
      }
      throw new BackendException(
          "the native library for computing cannot be used here: " + reason(e), e);
    }
  }

  /** Whether it computes on the processor, and on no GPU. */
  public boolean isCpu() {
    return name.equals("CpuBackend");
  }

  private static void refuse(String problem) {
    throw new BackendException(problem);
  }

  /** Lets the library have the buffers of products now, as there may be no room for them later. */
  private static void takeBuffers() {
    try (INDArray matrix = Nd4j.ones(DataType.FLOAT, PRODUCT, PRODUCT)) {
      matrix.mmul(matrix).close();
    }
  }

  /** What evaluations say of where they were made. */
  public Machine machine() {
    return new Machine(
        "%s, %d %s".formatted(Processor.name(), cores, cores == 1 ? "core" : "cores"), threads);
  }

  /** What ND4J swallows: why each backend on the class path is not available. */
  private static String reason(Throwable failure) {
    String reason = innermost(failure).getMessage();
    for (Nd4jBackend backend : ServiceLoader.load(Nd4jBackend.class)) {
      String name = backend.getClass().getSimpleName();
      try {
        reason = backend.isAvailable() ? reason : name + " finds no device that it can use";
      } catch (RuntimeException | LinkageError e) {
        reason = name + " says " + innermost(e).getMessage();
      }
    }
    return reason;
  }

  private static Throwable innermost(Throwable e) {
    return e.getCause() == null ? e : innermost(e.getCause());
  }

  /** The native library cannot be used. */
  public static final class BackendException extends RuntimeException {

    BackendException(String message) {
      super(message);
    }

    BackendException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
