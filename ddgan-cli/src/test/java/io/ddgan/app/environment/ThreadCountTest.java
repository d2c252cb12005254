package io.ddgan.app.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.config.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadCountTest {

  private static final int CORES = 4;

  @Test
  void theEnvironmentSaysHowManyThereAre() {
    assertEquals(3, count("3"));
    assertEquals(256, count(" 256 "));
    assertEquals(CORES, ThreadCount.of(Map.of(), CORES));
    assertEquals(CORES, count(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "abc", "2,2", "1000", "1.5", "99999999999", "٣"})
  void whatTheNativeLibraryCannotHaveIsRefusedBeforeItHearsOfIt(String text) {
    assertEquals(
        "environment: OMP_NUM_THREADS: must be a whole number from 1 to 256, found '" + text + "'",
        assertThrows(ConfigurationException.class, () -> count(text)).getMessage());
  }

  @Test
  void aThreadForEachCoreIsNeverTooMuch() {
    assertEquals(500, ThreadCount.of(Map.of("OMP_NUM_THREADS", "500"), 500));
  }

  private static int count(String text) {
    return ThreadCount.of(Map.of("OMP_NUM_THREADS", text), CORES);
  }
}
