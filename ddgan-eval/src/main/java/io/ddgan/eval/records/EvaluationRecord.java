package io.ddgan.eval.records;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.train.step.CheckpointNetwork;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A measured value with all that it depends on.
 *
 * @param settings the metric's type and keys
 * @param samples number of generated examples, 0 if the metric uses none
 * @param comparison the extractor and the reference
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

  /** Columns that do not identify a record. */
  private static final Set<String> CIRCUMSTANCES =
      Set.of("value", "better", "features", "reference");

  /**
   * The evaluated examples.
   *
   * @param checkpoint training step of the weights; empty for stored examples
   * @param sampler the sampler, on one line
   * @param batch batch size of the generation; empty for stored examples
   * @param seed seed of the samples and the metrics
   */
  public record Subject(
      Optional<Long> checkpoint,
      String weights,
      String sampler,
      Optional<Integer> batch,
      long seed) {

    /** The {@link #weights} of the generator's moving average. */
    public static final String EMA = CheckpointNetwork.EMA.title();

    /** The {@link #weights} of real examples in place of generated ones. */
    public static final String REAL = "real examples";

    /** Returns a subject of real examples in place of generated ones. */
    public static Subject real(long seed) {
      return new Subject(Optional.empty(), REAL, "", Optional.empty(), seed);
    }

    /** Returns whether these are real examples. */
    public boolean isReal() {
      return weights.equals(REAL);
    }
  }

  /**
   * The extractor and the reference of a record.
   *
   * @param features description of the extractor; empty if the metric uses no features
   * @param featuresHash its fingerprint
   * @param reference name of the reference; empty if the metric needs none
   * @param referenceHash its fingerprint
   */
  public record Comparison(
      String features, String featuresHash, String reference, String referenceHash) {

    private static final int SHOWN_OF_HASH = 12;

    /** Returns the extractor with the start of its fingerprint; empty if there is none. */
    public String featuresText() {
      return text(features, featuresHash);
    }

    /** Returns the reference with the start of its fingerprint; empty if there is none. */
    public String referenceText() {
      return text(reference, referenceHash);
    }

    private static String text(String name, String hash) {
      return hash.isEmpty()
          ? ""
          : "%s (%s)".formatted(name, hash.substring(0, Math.min(SHOWN_OF_HASH, hash.length())));
    }
  }

  /** The machine of a measurement. */
  public record Machine(String processor, int threads) {

    /** Returns the processor and the number of threads as text. */
    public String text() {
      return "%s, %d %s".formatted(processor, threads, threads == 1 ? "thread" : "threads");
    }
  }

  /** Returns all values by column, in order; missing ones are empty strings. */
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

  /**
   * Returns the values that are present by column, with non-finite numbers as strings, for JSON.
   */
  Map<String, Object> facts() {
    Map<String, Object> facts = cells();
    facts.values().removeIf(""::equals);
    facts.computeIfPresent(
        "value", (column, number) -> Double.isFinite(value) ? number : number.toString());
    return facts;
  }

  /**
   * Reads a record.
   *
   * @param facts values by column; {@code better} is missing in files of earlier versions
   * @throws IllegalArgumentException if a number is missing or malformed
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
   * Returns the columns that identify a record. They include the machine only if the metric uses no
   * samples, as a timing.
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
