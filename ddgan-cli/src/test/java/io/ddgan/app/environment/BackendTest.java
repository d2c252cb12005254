package io.ddgan.app.environment;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.config.ConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendTest {

  private static final int CORES = 4;

  @ParameterizedTest
  @ValueSource(strings = {"", "3", " 256 "})
  void whatTheLibraryCanHaveIsAccepted(String text) {
    assertDoesNotThrow(() -> require(text, CORES));
    assertDoesNotThrow(() -> require("500", 500), "a thread for each core is never too much");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "abc", "2,2", "1000", "1.5", "99999999999", "٣"})
  void whatTheNativeLibraryCannotHaveIsRefusedBeforeItHearsOfIt(String text) {
    ConfigurationException e =
        assertThrows(ConfigurationException.class, () -> require(text, CORES));
    assertEquals("OMP_NUM_THREADS", e.problems().get(0).key());
  }

  private static void require(String text, int cores) {
    Backend.requireThreads(text, cores);
  }
}
