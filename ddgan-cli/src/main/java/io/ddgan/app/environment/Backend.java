package io.ddgan.app.environment;

import io.ddgan.api.RefusedException;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.eval.records.EvaluationRecord.Machine;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The native library that computes.
 *
 * @param name its name, such as {@code CpuBackend}
 * @param threads threads that it computes with
 * @param cores cores that this process may use
 */
public record Backend(String name, int threads, int cores) {

  private static final String JAVACPP_LOGGER = "org.bytedeco.javacpp.logger";
  private static final String THREADS = "OMP_NUM_THREADS";

  /** More of them than this, and than cores, would wait for each other alone. */
  private static final int MOST_THREADS = 256;

  /**
   * Loads the library.
   *
   * @throws ConfigurationException if the environment asks for threads that it cannot have
   * @throws RefusedException if it cannot be used on this machine; the message says why
   */
  public static Backend load() {
    int cores =
        Runtime.getRuntime().availableProcessors(); // the library may bind this thread to one
    // Its message that libraries are of different versions of JavaCPP is for nobody who runs this.
    if (System.getProperty(JAVACPP_LOGGER) == null) {
      System.setProperty(JAVACPP_LOGGER, "slf4j");
    }
    requireThreads(System.getenv().getOrDefault(THREADS, ""), cores);
    try {
      String name = Nd4j.getBackend().getClass().getSimpleName();
      return new Backend(name, Nd4j.getEnvironment().maxThreads(), cores);
    } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
      throw new RefusedException(
          "the native library for computing cannot be used here: " + innermost(e).getMessage(), e);
    }
  }

  private static Throwable innermost(Throwable e) {
    return e.getCause() == null ? e : innermost(e.getCause());
  }

  /** Checks what the environment says: other numbers would crash the library or give wrong ones. */
  static void requireThreads(String named, int cores) {
    String text = named.strip();
    int count = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    int most = Math.max(MOST_THREADS, cores);
    if (!text.isEmpty() && (count < 1 || count > most)) {
      throw new ConfigurationException(
          new Problem(
              "environment",
              THREADS,
              "must be a whole number from 1 to %d, found '%s'".formatted(most, text)));
    }
  }

  /** What evaluations say of where they were made. */
  public Machine machine() {
    return new Machine(
        "%s, %d %s".formatted(EnvironmentInfo.processor(), cores, cores == 1 ? "core" : "cores"),
        threads);
  }
}
