package io.ddgan.app.reproduction;

import io.ddgan.internal.file.Json;
import io.ddgan.train.run.Environment.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A run and a copy of it, compared.
 *
 * @param weights all tensors of their last checkpoints
 * @param metrics what was measured while training
 * @param environment the facts in which their environments differ
 * @param tolerance the relative difference that is accepted; 0 for none
 */
public record Reproduction(
    TensorComparison weights,
    TensorComparison metrics,
    List<Difference> environment,
    double tolerance) {

  private static final String JARS = "jars.";
  private static final String HASH = "\\b([0-9a-f]{12})[0-9a-f]{28,}";

  /** Whether weights and metrics are the same, bit for bit. */
  public boolean isEqual() {
    return weights.isEqual() && metrics.isEqual();
  }

  /** Whether they are the same within the tolerance. */
  public boolean isAccepted() {
    return weights.isWithin(tolerance) && metrics.isWithin(tolerance);
  }

  /** The result in one line. */
  public String verdict() {
    if (isEqual()) {
      return "reproduced: weights and metrics are equal bit for bit"
          + (environment.isEmpty() ? "" : ", although the environment differs in: " + facts());
    }
    return "%s: %s, %s; %s"
        .formatted(
            isAccepted() ? "reproduced within " + tolerance : "not bit for bit",
            distance("weights", weights),
            distance("metrics", metrics),
            environment.isEmpty()
                ? "the environment is the same"
                : "the environment differs in: " + facts());
  }

  private static String distance(String what, TensorComparison comparison) {
    return comparison
        .furthest()
        .map(
            most ->
                "%s differ by up to %s (%s)"
                    .formatted(what, number(most.getValue().relative()), most.getKey()))
        .orElse(what + " are equal");
  }

  /** The differing facts; of jars, which have nothing but hashes to show, only the names. */
  private String facts() {
    List<String> facts = new ArrayList<>();
    TreeSet<String> jars = new TreeSet<>();
    for (Difference difference : environment) {
      String name = difference.name();
      if (name.startsWith(JARS)) {
        jars.add(name.substring(JARS.length(), Math.max(JARS.length(), name.lastIndexOf('.'))));
      } else {
        facts.add(
            "%s %s -> %s".formatted(name, brief(difference.before()), brief(difference.after())));
      }
    }
    if (!jars.isEmpty()) {
      facts.add("jars of " + String.join(" and ", jars));
    }
    return String.join(", ", facts);
  }

  /** A fact's value with its hashes cut short. */
  public static String brief(String value) {
    return value.replaceAll(HASH, "$1");
  }

  /** A relative difference for people. */
  public static String number(double relative) {
    return Double.isInfinite(relative)
        ? "incomparable"
        : String.format(Locale.ROOT, "%.1e", relative);
  }

  /** Everything, for other programs. */
  public String json(String run) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("run", run);
    all.put("verdict", verdict());
    all.put("equal", isEqual());
    all.put("accepted", isAccepted());
    all.put("tolerance", tolerance);
    all.put("weights", json(weights));
    all.put("metrics", json(metrics));
    all.put(
        "environment",
        environment.stream()
            .collect(
                Collectors.toMap(
                    Difference::name, d -> Map.of("original", d.before(), "copy", d.after()))));
    return Json.pretty(all);
  }

  private static Map<String, Object> json(TensorComparison comparison) {
    Map<String, Object> differing = new LinkedHashMap<>();
    comparison
        .differing()
        .forEach(
            entry -> {
              double relative = entry.getValue().relative();
              differing.put(
                  entry.getKey(),
                  Double.isInfinite(relative) ? number(relative) : (Object) relative);
            });
    return Map.of("compared", comparison.deviations().size(), "relative-differences", differing);
  }
}
