package io.ddgan.app.environment;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.config.ConfigurationException;
import io.ddgan.train.run.Environment;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendTest {

  private static final int CORES = 4;

  @ParameterizedTest
  @ValueSource(strings = {"", "3", " 256 "})
  void validThreadCountsAreAccepted(String text) {
    assertDoesNotThrow(() -> Backend.requireThreads(text, CORES));
    assertDoesNotThrow(
        () -> Backend.requireThreads("500", 500), "a thread for each core is never too much");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "abc", "2,2", "1000", "1.5", "99999999999", "٣"})
  void invalidThreadCountsAreRefused(String text) {
    ConfigurationException e =
        assertThrows(ConfigurationException.class, () -> Backend.requireThreads(text, CORES));
    assertEquals("OMP_NUM_THREADS", e.problems().get(0).key());
  }

  @Test
  void describesThisProcess() throws IOException {
    Environment here = new EnvironmentInfo(Set.of()).of(Backend.load());
    assertEquals("unknown", here.fact("revision"), "these classes do not come from a jar");
    assertTrue(here.has("processor"));
    assertTrue(here.has("jars.ddgan-api.content"));
  }
}
