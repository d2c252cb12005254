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
 * The parameters that are not trained.
 *
 * @param patterns names with their network's, such as {@code generator.hidden0.*}; {@code *}
 *     matches any characters, including dots
 */
public record Freeze(List<String> patterns) {

  /** Freezes nothing. */
  public static final Freeze NOTHING = new Freeze(List.of());

  private static final String KEY = "training.freeze";

  public Freeze {
    patterns = List.copyOf(patterns);
  }

  /**
   * Returns the layouts with the matching parameters frozen.
   *
   * @throws ConfigurationException if a pattern matches no trainable parameter, or a trained
   *     network has no parameter left to train
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
            "'%s' matches no trainable parameter; parameters include %s"
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
        throw ConfigurationException.of(
            KEY, "freezes all parameters of the " + network + "; leave some to train");
      }
    }
    return frozen;
  }

  private static boolean matches(String pattern, String name) {
    return name.matches(
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }
}
