package io.ddgan.eval.records;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.train.step.StoredWeights;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A number with all that it depends on.
 *
 * @param settings the metric's type and keys
 * @param samples generated examples that it was measured on, 0 if the metric looks at none
 * @param comparison what it was measured with
 */
public record EvaluationRecord(
    Subject subject,
    String settings,
    Measure measure,
    double value,
    int samples,
    Comparison comparison,
    Machine machine) {

  private static final Set<String> MACHINE = Set.of("processor", "threads");

  /** What does not tell one measurement from another. */
  private static final Set<String> CIRCUMSTANCES =
      Set.of("value", "better", "features", "reference");

  /**
   * What was measured.
   *
   * @param checkpoint steps that made the weights; empty for examples that were made elsewhere
   * @param sampler the way from noise to examples
   * @param batch examples that are made at a time; empty for examples that were made elsewhere
   * @param seed seed of the samples, and of what metrics draw
   */
  public record Subject(
      Optional<Long> checkpoint,
      String weights,
      String sampler,
      Optional<Integer> batch,
      long seed) {

    /** The moving average of the generator's weights, as {@link #weights} say it. */
    public static final String EMA = StoredWeights.EMA.title();

    /** Real examples in place of generated ones, as {@link #weights} say it. */
    public static final String REAL = "real examples";

    /** Real examples in place of generated ones. */
    public static Subject real(long seed) {
      return new Subject(Optional.empty(), REAL, "", Optional.empty(), seed);
    }

    /** Whether these are real examples. */
    public boolean isReal() {
      return weights.equals(REAL);
    }
  }

  /**
   * What it was measured with.
   *
   * @param features what the extractor is; empty if the metric looks at no features
   * @param featuresHash its fingerprint
   * @param reference what was compared with; empty if the metric compares with nothing
   * @param referenceHash its fingerprint
   */
  public record Comparison(
      String features, String featuresHash, String reference, String referenceHash) {

    private static final int SHOWN_OF_HASH = 12;

    /** What the extractor is and how its fingerprint begins; empty if there is none. */
    public String featuresText() {
      return text(features, featuresHash);
    }

    /** What was compared with and how its fingerprint begins; empty if there is nothing. */
    public String referenceText() {
      return text(reference, referenceHash);
    }

    private static String text(String name, String hash) {
      return hash.isEmpty()
          ? ""
          : "%s (%s)".formatted(name, hash.substring(0, Math.min(SHOWN_OF_HASH, hash.length())));
    }
  }

  /** Where it was measured. */
  public record Machine(String processor, int threads) {

    /** The processor and the number of threads, in words. */
    public String text() {
      return "%s, %d %s".formatted(processor, threads, threads == 1 ? "thread" : "threads");
    }
  }

  /** All by column, in their order; a text is empty where there is nothing. */
  Map<String, Object> cells() {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("checkpoint", subject.checkpoint().<Object>map(step -> step).orElse(""));
    cells.put("weights", subject.weights());
    cells.put("sampler", subject.sampler());
    cells.put("batch-size", subject.batch().<Object>map(size -> size).orElse(""));
    cells.put("metric", measure.name());
    cells.put("settings", settings);
    cells.put("value", value);
    cells.put("better", measure.better().name().toLowerCase(Locale.ROOT));
    cells.put("samples", samples);
    cells.put("seed", subject.seed());
    cells.put("features", comparison.features());
    cells.put("features-sha256", comparison.featuresHash());
    cells.put("reference", comparison.reference());
    cells.put("reference-sha256", comparison.referenceHash());
    cells.put("processor", machine.processor());
    cells.put("threads", machine.threads());
    return cells;
  }

  /** What there is, by column, as JSON has it, whose numbers are all finite. */
  Map<String, Object> facts() {
    Map<String, Object> facts = cells();
    facts.values().removeIf(""::equals);
    facts.computeIfPresent(
        "value", (column, number) -> Double.isFinite(value) ? number : number.toString());
    return facts;
  }

  /**
   * Reads a measurement.
   *
   * @param facts by column; files of earlier versions do not say which numbers are better
   * @throws IllegalArgumentException if there is no number where one must be
   */
  static EvaluationRecord of(Map<?, ?> facts) {
    Function<String, String> texts =
        column -> Optional.ofNullable(facts.get(column)).map(Object::toString).orElse("");
    Function<String, Optional<String>> known =
        column -> Optional.of(texts.apply(column)).filter(text -> !text.isEmpty());
    Better better =
        known
            .apply("better")
            .map(text -> Better.valueOf(text.toUpperCase(Locale.ROOT)))
            .orElse(Better.NEITHER);
    return new EvaluationRecord(
        new Subject(
            known.apply("checkpoint").map(Long::valueOf),
            texts.apply("weights"),
            texts.apply("sampler"),
            known.apply("batch-size").map(Integer::valueOf),
            Long.parseLong(texts.apply("seed"))),
        texts.apply("settings"),
        new Measure(texts.apply("metric"), better),
        Double.parseDouble(texts.apply("value")),
        Integer.parseInt(texts.apply("samples")),
        new Comparison(
            texts.apply("features"),
            texts.apply("features-sha256"),
            texts.apply("reference"),
            texts.apply("reference-sha256")),
        new Machine(texts.apply("processor"), Integer.parseInt(texts.apply("threads"))));
  }

  /**
   * What tells one measurement from another, by column. A number that looks at no samples is one of
   * the machine.
   */
  Map<String, Object> identity() {
    Map<String, Object> identity = cells();
    identity.keySet().removeAll(CIRCUMSTANCES);
    if (samples > 0) {
      identity.keySet().removeAll(MACHINE);
    }
    return identity;
  }
}
