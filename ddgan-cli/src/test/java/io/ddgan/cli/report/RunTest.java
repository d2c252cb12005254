package io.ddgan.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {

  @TempDir Path folder;

  private Map<String, String> keys(String experiment) throws IOException {
    RunFolder run = new RunFolder(folder);
    Files.writeString(run.experiment(), experiment);
    Files.writeString(run.metrics(), "step\n");
    return new TreeMap<>(Run.read(run, "run", Optional.empty(), List.of()).keys());
  }

  @Test
  void theFirstOfSeveralComponentsHasTheKeysOfASingleOne() throws IOException {
    Map<String, String> single = Map.of("penalty.type", "r1", "penalty.gamma", "2");
    assertEquals(single, keys("penalty { type = r1, gamma = 2 }"));
    assertEquals(single, keys("penalty = [{ type = r1, gamma = 2 }]"));
    Map<String, String> both = new TreeMap<>(single);
    both.putAll(Map.of("penalty[1].type", "wgan-gp", "penalty[1].every", "4"));
    assertEquals(both, keys("penalty = [{ type = r1, gamma = 2 }, { type = wgan-gp, every = 4 }]"));
  }

  @Test
  void listsOfNumbersAreValues() throws IOException {
    assertEquals(Map.of("multipliers", "[1,2]"), keys("multipliers = [1, 2]"));
  }
}
