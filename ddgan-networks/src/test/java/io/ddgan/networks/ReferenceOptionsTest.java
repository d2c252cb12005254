package io.ddgan.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.internal.config.ConfigKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReferenceOptionsTest {

  @Test
  void coverEveryKeyOfTheGeneratorButThoseThatTheReferenceHasNot() {
    TreeSet<String> expected = new TreeSet<>();
    ConfigKey.of(Ncsnpp.class).forEach(key -> expected.add("generator." + key.name()));
    expected.removeAll(Set.of("generator.class-conditional", "generator.time"));
    TreeSet<String> covered = new TreeSet<>(ReferenceOptions.keys().values());
    covered.removeIf(key -> !key.startsWith("generator."));
    assertEquals(expected, covered);
  }

  @Test
  void areAllDocumented() throws IOException {
    String documentation = Files.readString(Path.of("..", "docs", "results", "agreement.md"));
    ReferenceOptions.keys()
        .forEach(
            (option, key) ->
                assertTrue(
                    documentation
                        .lines()
                        .anyMatch(
                            line ->
                                line.startsWith("| `" + option + "`") && line.contains("`" + key)),
                    option));
  }

  @Test
  void areTranslatedWithTheirValues() {
    assertEquals(
        Map.of(
            "generator.block",
            "biggan-one-adagn",
            "generator.progressive-input",
            "input-skip",
            "generator.tanh",
            true,
            "generator.channel-multipliers",
            List.of(1, 2)),
        ReferenceOptions.translate(
            Map.of(
                "resblock_type",
                "biggan_oneadagn",
                "progressive_input",
                "input_skip",
                "not_use_tanh",
                false,
                "ch_mult",
                List.of(1, 2),
                "num_proc_node",
                8)));
  }

  @Test
  void meanNetworksThatDoNotSeeTheClass() {
    Map<String, Object> translated = ReferenceOptions.translate(Map.of("num_timesteps", 4));
    assertEquals(false, translated.get("generator.class-conditional"));
    assertEquals(false, translated.get("discriminator.class-conditional"));
  }
}
