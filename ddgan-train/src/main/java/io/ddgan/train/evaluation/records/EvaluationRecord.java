package io.ddgan.train.evaluation.records;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  static final String VALUE = "value";

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

  /** Columns that hold numbers. */
  static final Set<String> NUMBERS = Set.of("checkpoint", "batch", VALUE, SAMPLES, "seed", THREADS);

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
    public static final String AVERAGE = "average";

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

  /**
   * Reads a measurement.
   *
   * @param cells text by column
   * @throws IllegalArgumentException if a cell has no number where one must be
   */
  static EvaluationRecord of(Map<String, String> cells) {
    Better better = Better.valueOf(cells.get(BETTER).toUpperCase(Locale.ROOT));
    Measure measure = new Measure(cells.get("metric"), better);
    return new EvaluationRecord(
        new Subject(
            number(cells, "checkpoint").map(Long::valueOf),
            cells.get("weights"),
            cells.get("sampler"),
            number(cells, "batch").map(Integer::valueOf),
            Long.parseLong(cells.get("seed"))),
        cells.get("settings"),
        measure,
        Double.parseDouble(cells.get(VALUE)),
        Integer.parseInt(cells.get(SAMPLES)),
        new Comparison(
            cells.get("features"),
            cells.get("features-sha256"),
            cells.get("reference"),
            cells.get("reference-sha256")),
        new Machine(cells.get(PROCESSOR), Integer.parseInt(cells.get(THREADS))));
  }

  private static Optional<String> number(Map<String, String> cells, String column) {
    return Optional.of(cells.get(column)).filter(text -> !text.isEmpty());
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
