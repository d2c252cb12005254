package io.ddgan.train.phase;

import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterLayout.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Parameters that a training leaves as they are at its beginning.
 *
 * @param patterns their names after those of their networks, such as {@code generator.hidden0.*};
 *     {@code *} stands for anything, dots too
 */
public record Freeze(List<String> patterns) {

  /** Everything is trained. */
  public static final Freeze NOTHING = new Freeze(List.of());

  private static final String KEY = "training.freeze";

  public Freeze {
    patterns = List.copyOf(patterns);
  }

  /**
   * The same layouts with what is frozen.
   *
   * @throws ConfigurationException if a pattern matches no parameter that would be trained, or
   *     nothing is left of a network; the message says which
   */
  Map<String, ParameterLayout> of(Map<String, ParameterLayout> layouts, Set<String> trained) {
    List<String> candidates =
        trained.stream()
            .flatMap(
                network ->
                    layouts.get(network).entries().stream()
                        .filter(Entry::isTrained)
                        .map(entry -> network + "." + entry.name()))
            .toList();
    for (String pattern : patterns) {
      if (candidates.stream().noneMatch(name -> matches(pattern, name))) {
        throw ConfigurationException.of(
            KEY,
            "'%s' is the name of no parameter that is trained; there are for example %s"
                .formatted(
                    pattern, candidates.stream().limit(3).collect(Collectors.joining(", "))));
      }
    }
    Map<String, ParameterLayout> frozen = new LinkedHashMap<>();
    layouts.forEach(
        (network, layout) ->
            frozen.put(
                network,
                layout.freezing(
                    name ->
                        patterns.stream().anyMatch(each -> matches(each, network + "." + name)))));
    for (String network : trained) {
      if (!patterns.isEmpty()
          && frozen.get(network).entries().stream().noneMatch(Entry::isTrained)) {
        throw ConfigurationException.of(KEY, "nothing is left to be trained of the " + network);
      }
    }
    return frozen;
  }

  private static boolean matches(String pattern, String name) {
    return name.matches(
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }
}
