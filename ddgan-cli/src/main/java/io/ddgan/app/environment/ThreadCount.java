package io.ddgan.app.environment;

import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import java.util.Map;

/** Checks the number of threads to compute with, which the library takes from the environment. */
public final class ThreadCount {

  private static final String VARIABLE = "OMP_NUM_THREADS";

  /** More of them than this, and than cores, would wait for each other alone. */
  private static final int MOST = 256;

  private ThreadCount() {}

  /**
   * Checks what the environment says.
   *
   * @param cores cores that this process may use
   * @throws ConfigurationException if it says anything that the library cannot have, which would
   *     crash it or give wrong numbers
   */
  static void require(Map<String, String> environment, int cores) {
    String text = environment.getOrDefault(VARIABLE, "").strip();
    int count = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    if (!text.isEmpty() && (count < 1 || count > most(cores))) {
      throw new ConfigurationException(
          new Problem(
              "environment",
              VARIABLE,
              "must be a whole number from 1 to %d, found '%s'".formatted(most(cores), text)));
    }
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
