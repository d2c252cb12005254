package io.ddgan.eval.records;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.train.step.StoredNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A number with all that it depends on.
 *
 * @param subject what was measured
 * @param settings the metric's type and keys
 * @param measure what the number is
 * @param value the number
 * @param samples generated examples that it was measured on, 0 if the metric looks at none
 * @param comparison what it was measured with
 * @param machine where
 */
public record EvaluationRecord(
    Subject subject,
    String settings,
    Measure measure,
    double value,
    int samples,
    Comparison comparison,
    Machine machine) {

  private static final String VALUE = "value";
  private static final String BETTER = "better";
  private static final String SAMPLES = "samples";
  private static final String PROCESSOR = "processor";
  private static final String THREADS = "threads";

  /** The columns, in their order. */
  static final List<String> COLUMNS =
      List.of(
          "checkpoint",
          "weights",
          "sampler",
          "batch",
          "metric",
          "settings",
          VALUE,
          BETTER,
          SAMPLES,
          "seed",
          "features",
          "features-sha256",
          "reference",
          "reference-sha256",
          PROCESSOR,
          THREADS);

  private static final Set<String> WHOLE_NUMBERS =
      Set.of("checkpoint", "batch", SAMPLES, "seed", THREADS);

  private static final Set<String> MACHINE = Set.of(PROCESSOR, THREADS);

  /** Columns that do not tell one measurement from another. */
  private static final Set<String> CIRCUMSTANCES = Set.of(VALUE, BETTER, "features", "reference");

  /**
   * What was measured.
   *
   * @param checkpoint steps that made the weights; empty for examples that were made elsewhere
   * @param weights which weights
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
    public static final String AVERAGE = StoredNetwork.AVERAGE.title();

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

  /**
   * Where it was measured.
   *
   * @param processor name of the processor
   * @param threads threads that computed
   */
  public record Machine(String processor, int threads) {

    /** The processor and the number of threads, in words. */
    public String text() {
      return "%s, %d %s".formatted(processor, threads, threads == 1 ? "thread" : "threads");
    }
  }

  /** Text by column. */
  Map<String, String> cells() {
    List<String> texts =
        List.of(
            subject.checkpoint().map(String::valueOf).orElse(""),
            subject.weights(),
            subject.sampler(),
            subject.batch().map(String::valueOf).orElse(""),
            measure.name(),
            settings,
            Double.toString(value),
            measure.better().name().toLowerCase(Locale.ROOT),
            Integer.toString(samples),
            Long.toString(subject.seed()),
            comparison.features(),
            comparison.featuresHash(),
            comparison.reference(),
            comparison.referenceHash(),
            machine.processor(),
            Integer.toString(machine.threads()));
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < COLUMNS.size(); i++) {
      cells.put(COLUMNS.get(i), texts.get(i));
    }
    return cells;
  }

  /** What is known, by column; a number as such where JSON has it. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    cells()
        .forEach(
            (column, text) -> {
              if (WHOLE_NUMBERS.contains(column) && !text.isEmpty()) {
                facts.put(column, Long.valueOf(text));
              } else if (column.equals(VALUE) && Double.isFinite(value)) {
                facts.put(column, value);
              } else if (!text.isEmpty()) {
                facts.put(column, text);
              }
            });
    return facts;
  }

  /**
   * Reads a measurement.
   *
   * @param facts by column; files of earlier versions do not say which numbers are better
   * @throws IllegalArgumentException if there is no number where one must be
   */
  static EvaluationRecord of(Map<?, ?> facts) {
    Function<String, String> cells =
        column -> Optional.ofNullable(facts.get(column)).map(Object::toString).orElse("");
    Function<String, Optional<String>> numbers =
        column -> Optional.of(cells.apply(column)).filter(text -> !text.isEmpty());
    Better better =
        numbers
            .apply(BETTER)
            .map(text -> Better.valueOf(text.toUpperCase(Locale.ROOT)))
            .orElse(Better.NEITHER);
    return new EvaluationRecord(
        new Subject(
            numbers.apply("checkpoint").map(Long::valueOf),
            cells.apply("weights"),
            cells.apply("sampler"),
            numbers.apply("batch").map(Integer::valueOf),
            Long.parseLong(cells.apply("seed"))),
        cells.apply("settings"),
        new Measure(cells.apply("metric"), better),
        Double.parseDouble(cells.apply(VALUE)),
        Integer.parseInt(cells.apply(SAMPLES)),
        new Comparison(
            cells.apply("features"),
            cells.apply("features-sha256"),
            cells.apply("reference"),
            cells.apply("reference-sha256")),
        new Machine(cells.apply(PROCESSOR), Integer.parseInt(cells.apply(THREADS))));
  }

  /**
   * What tells one measurement from another: text by column. A number that looks at no samples is
   * one of the machine.
   */
  Map<String, String> identity() {
    Map<String, String> identity = cells();
    identity.keySet().removeAll(CIRCUMSTANCES);
    if (samples > 0) {
      identity.keySet().removeAll(MACHINE);
    }
    return identity;
  }
}
