package io.ddgan.train.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterLayout.Entry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezeTest {

  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(
          DataShape.point(2),
          1,
          scope -> {
            for (String name : List.of("first", "second", "seconds", "last")) {
              scope.parameter(name, (shape, random) -> new float[1], 1);
            }
          });

  private static final Map<String, ParameterLayout> NETWORKS = Map.of("g", LAYOUT, "d", LAYOUT);

  @ParameterizedTest
  @CsvSource({
    "g.first, second seconds last",
    "g.second, first seconds last",
    "g.second*, first last",
    "*.s*s, first second last",
    "g.*t, second seconds"
  })
  void freezesMatchingParametersOfTheNamedNetworkOnly(String pattern, String left) {
    Map<String, ParameterLayout> frozen = of(Set.of("g", "d"), pattern);
    assertEquals(left, trained(frozen.get("g")));
    assertEquals(pattern.startsWith("g"), trained(frozen.get("d")).equals(trained(LAYOUT)));
    assertEquals(trained(LAYOUT), trained(of(Set.of("g", "d")).get("g")));
  }

  @Test
  void refusesAPatternWithoutMatchesAndListsParameters() {
    ConfigurationException e =
        assertThrows(ConfigurationException.class, () -> of(Set.of("g"), "d.first"));
    assertTrue(e.getMessage().contains("'d.first'"), e.getMessage());
    assertTrue(e.getMessage().endsWith(" g.first, g.second, g.seconds"), e.getMessage());
  }

  @Test
  void refusesToFreezeAllOfATrainedNetwork() {
    ConfigurationException e =
        assertThrows(ConfigurationException.class, () -> of(Set.of("g", "d"), "d.*"));
    assertTrue(e.getMessage().contains("all parameters of the d;"), e.getMessage());
  }

  private static Map<String, ParameterLayout> of(Set<String> trained, String... patterns) {
    return new Freeze(List.of(patterns)).of(NETWORKS, trained);
  }

  private static String trained(ParameterLayout layout) {
    return String.join(
        " ", layout.entries().stream().filter(Entry::isTrained).map(Entry::name).toList());
  }
}
