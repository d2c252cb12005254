package io.ddgan.app.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.train.run.Environment;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvironmentInfoTest {

  @Test
  void thisProcessIsDescribed() throws IOException {
    Environment here = new EnvironmentInfo(Set.of()).of(Backend.load());
    assertEquals("unknown", here.fact("revision"), "these classes do not come from a jar");
    assertTrue(here.has("processor"));
    assertTrue(here.has("jars.ddgan-api.content"));
  }
}
