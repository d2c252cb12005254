package io.ddgan.app.reproduction;

import io.ddgan.app.text.Table;
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

  private static final String INCOMPARABLE = "incomparable";
  private static final String HASH = "\\b([0-9a-f]{12})[0-9a-f]{28,}";

  /** Whether weights and metrics are the same, bit for bit. */
  private boolean isEqual() {
    return weights.isWithin(0) && metrics.isWithin(0);
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
    return comparison
        .furthest()
        .map(most -> " differ by up to %s (%s)".formatted(text(most.getValue()), most.getKey()))
        .map(what::concat)
        .orElse(what + " are equal");
  }

  /** How many are equal, and how far the others are from that. */
  public Table table() {
    Table table = new Table();
    table.row("compared", "equal", "largest relative difference");
    row("weights", weights, table);
    row("metrics", metrics, table);
    return table;
  }

  private static void row(String name, Comparison all, Table table) {
    int equal = all.compared() - all.differing().size();
    table.row(
        name,
        "%,d of %,d %s".formatted(equal, all.compared(), all.what()),
        all.furthest().map(most -> text(most.getValue())).orElse("none"));
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
    differing.replaceAll((name, far) -> far.equals(Double.POSITIVE_INFINITY) ? INCOMPARABLE : far);
    return Map.of("compared", comparison.compared(), "relative-differences", differing);
  }

  /** A relative difference for people. */
  private static String text(double relative) {
    return Double.isInfinite(relative)
        ? INCOMPARABLE
        : String.format(Locale.ROOT, "%.1e", relative);
  }
}
