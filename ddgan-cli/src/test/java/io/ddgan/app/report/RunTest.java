package io.ddgan.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.internal.config.Hocon;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunTest {

  private static Map<String, String> keys(String experiment) {
    return new TreeMap<>(RunsReader.flat(Hocon.text(experiment, "experiment.conf")));
  }

  @Test
  void theFirstOfSeveralComponentsHasTheKeysOfASingleOne() {
    Map<String, String> single = Map.of("penalty.type", "r1", "penalty.gamma", "2");
    assertEquals(single, keys("penalty { type = r1, gamma = 2 }"));
    assertEquals(single, keys("penalty = [{ type = r1, gamma = 2 }]"));
    Map<String, String> both = new TreeMap<>(single);
    both.putAll(Map.of("penalty[1].type", "wgan-gp", "penalty[1].every", "4"));
    assertEquals(both, keys("penalty = [{ type = r1, gamma = 2 }, { type = wgan-gp, every = 4 }]"));
  }

  @Test
  void listsOfNumbersAreValues() {
    assertEquals(Map.of("multipliers", "[1,2]"), keys("multipliers = [1, 2]"));
  }
}
