package io.ddgan.app.reproduction;

import io.ddgan.internal.file.Json;
import io.ddgan.train.run.Environment.Difference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    Comparison weights, Comparison metrics, List<Difference> environment, double tolerance) {

  private static final String HASH = "\\b([0-9a-f]{12})[0-9a-f]{28,}";

  /** Whether weights and metrics are the same, bit for bit. */
  public boolean isEqual() {
    return weights.differing().isEmpty() && metrics.differing().isEmpty();
  }

  /** Whether they are the same within the tolerance. */
  public boolean isAccepted() {
    return weights.isWithin(tolerance) && metrics.isWithin(tolerance);
  }

  /** The result in one line. */
  public String verdict() {
    String found =
        isEqual()
            ? "reproduced: weights and metrics are equal bit for bit"
            : "%s: %s, %s"
                .formatted(
                    isAccepted() ? "reproduced within " + tolerance : "not bit for bit",
                    furthest("weights", weights),
                    furthest("metrics", metrics));
    if (environment.isEmpty()) {
      return isEqual() ? found : found + "; the environment is the same";
    }
    String facts = environment.stream().map(Difference::toString).collect(Collectors.joining(", "));
    return found + "; the environment differs in: " + facts.replaceAll(HASH, "$1");
  }

  private static String furthest(String what, Comparison comparison) {
    return comparison.differing().entrySet().stream()
        .findFirst()
        .map(
            most ->
                what + " differ by up to %s (%s)".formatted(number(most.getValue()), most.getKey()))
        .orElse(what + " are equal");
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
    Map<String, Object> facts = new LinkedHashMap<>();
    environment.forEach(
        d -> facts.put(d.name(), Map.of("original", d.before(), "copy", d.after())));
    all.put("environment", facts);
    return Json.pretty(all);
  }

  private static Map<String, Object> json(Comparison comparison) {
    Map<String, Object> differing = new LinkedHashMap<>(comparison.differing());
    differing.replaceAll(
        (name, far) -> (double) far < Double.POSITIVE_INFINITY ? far : "incomparable");
    return Map.of("compared", comparison.compared(), "relative-differences", differing);
  }
}
