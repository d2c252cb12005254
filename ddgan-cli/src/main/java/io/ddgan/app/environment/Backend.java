package io.ddgan.app.environment;

import io.ddgan.eval.records.EvaluationRecord.Machine;
import java.util.ServiceLoader;
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

  private static final String JAVACPP_LOGGER = "org.bytedeco.javacpp.logger";

  /**
   * Loads the library.
   *
   * @throws io.ddgan.config.ConfigurationException if the environment asks for threads that it
   *     cannot have
   * @throws BackendException if it cannot be used on this machine; the message says why
   */
  public static Backend load() {
    int cores =
        Runtime.getRuntime().availableProcessors(); // the library may bind this thread to one
    // Its message that libraries are of different versions of JavaCPP is for nobody who runs this.
    if (System.getProperty(JAVACPP_LOGGER) == null) {
      System.setProperty(JAVACPP_LOGGER, "slf4j");
    }
    ThreadCount.require(System.getenv(), cores);
    CudaDevice.problem()
        .ifPresent(
            problem -> {
              throw new BackendException(problem, null);
            });
    try {
      String name = Nd4j.getBackend().getClass().getSimpleName();
      return new Backend(name, Nd4j.getEnvironment().maxThreads(), cores);
    } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
      throw new BackendException(
          "the native library for computing cannot be used here: " + reason(e), e);
    }
  }

  /** Whether it computes on the processor, and on no GPU. */
  public boolean isCpu() {
    return name.equals("CpuBackend");
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

    BackendException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
