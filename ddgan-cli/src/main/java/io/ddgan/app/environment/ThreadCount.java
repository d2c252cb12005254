package io.ddgan.app.environment;

import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import java.util.Map;

/** The number of threads to compute with, of which the native library hears by the environment. */
public final class ThreadCount {

  private static final String VARIABLE = "OMP_NUM_THREADS";

  /** More of them than this, and than cores, would wait for each other alone. */
  private static final int MOST = 256;

  private ThreadCount() {}

  /**
   * What the environment says.
   *
   * @param cores cores that this process may use, which are as many threads if it says nothing
   * @throws ConfigurationException if it says anything that the library cannot have, which would
   *     crash it or give wrong numbers
   */
  static int of(Map<String, String> environment, int cores) {
    String text = environment.getOrDefault(VARIABLE, "").strip();
    int most = most(cores);
    if (text.isEmpty()) {
      return cores;
    }
    int count = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    if (count < 1 || count > most) {
      throw new ConfigurationException(
          new Problem(
              "environment",
              VARIABLE,
              "must be a whole number from 1 to %d, found '%s'".formatted(most, text)));
    }
    return count;
  }

  /**
   * The most threads that there can be.
   *
   * @param cores cores that this process may use
   */
  public static int most(int cores) {
    return Math.max(MOST, cores);
  }
}
