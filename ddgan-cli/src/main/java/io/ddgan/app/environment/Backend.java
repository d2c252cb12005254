package io.ddgan.app.environment;

import io.ddgan.api.RefusedException;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.eval.records.EvaluationRecord.Machine;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The native numeric library.
 *
 * @param name its name, such as {@code CpuBackend}
 * @param threads number of its threads
 * @param cores number of cores available to this process
 */
public record Backend(String name, int threads, int cores) {

  private static final String JAVACPP_LOGGER = "org.bytedeco.javacpp.logger";
  private static final String THREADS = "OMP_NUM_THREADS";

  /** The maximum number of threads, unless there are more cores. */
  private static final int MOST_THREADS = 256;

  /**
   * Loads the library.
   *
   * @throws ConfigurationException if OMP_NUM_THREADS is out of range
   * @throws RefusedException if it cannot be used on this machine
   */
  public static Backend load() {
    int cores =
        Runtime.getRuntime().availableProcessors(); // the library may bind this thread to one
    // Hides a warning about JavaCPP versions, which users cannot act on.
    if (System.getProperty(JAVACPP_LOGGER) == null) {
      System.setProperty(JAVACPP_LOGGER, "slf4j");
    }
    requireThreads(System.getenv().getOrDefault(THREADS, ""), cores);
    try {
      String name = Nd4j.getBackend().getClass().getSimpleName();
      return new Backend(name, Nd4j.getEnvironment().maxThreads(), cores);
    } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
      throw new RefusedException("cannot load the native library: " + innermost(e).getMessage(), e);
    }
  }

  private static Throwable innermost(Throwable e) {
    return e.getCause() == null ? e : innermost(e.getCause());
  }

  /** Checks the number of threads: others crash the library or give wrong results. */
  static void requireThreads(String named, int cores) {
    String text = named.strip();
    int count = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    int most = Math.max(MOST_THREADS, cores);
    if (!text.isEmpty() && (count < 1 || count > most)) {
      throw new ConfigurationException(
          new Problem(
              "environment",
              THREADS,
              "must be a whole number from 1 to %d; got '%s'".formatted(most, text)));
    }
  }

  /** Returns the description of this machine in evaluations. */
  public Machine machine() {
    return new Machine(
        "%s, %d %s".formatted(EnvironmentInfo.processor(), cores, cores == 1 ? "core" : "cores"),
        threads);
  }
}
