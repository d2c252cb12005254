package io.ddgan.train.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A number with all that it depends on.
 *
 * @param subject what was measured
 * @param result the number
 * @param comparison what it was measured with
 * @param machine where
 */
public record EvaluationRecord(
    Subject subject, Result result, Comparison comparison, Machine machine) {

  static final String VALUE = "value";

  /** The columns, in their order. */
  static final List<String> COLUMNS =
      List.of(
          "checkpoint",
          "weights",
          "sampler",
          "metric",
          VALUE,
          "samples",
          "seed",
          "features",
          "features-sha256",
          "reference",
          "reference-sha256",
          "processor",
          "threads");

  /** Columns that hold numbers. */
  static final Set<String> NUMBERS = Set.of("checkpoint", VALUE, "samples", "seed", "threads");

  /** Columns that do not tell one measurement from another. */
  static final Set<String> CIRCUMSTANCES =
      Set.of(VALUE, "features", "reference", "processor", "threads");

  /**
   * What was measured.
   *
   * @param checkpoint steps behind the weights; empty for examples that were made elsewhere
   * @param weights which weights
   * @param sampler the way from noise to examples
   * @param seed seed of the samples, and of what metrics draw
   */
  public record Subject(Optional<Long> checkpoint, String weights, String sampler, long seed) {}

  /**
   * What it was measured with.
   *
   * @param features what the extractor is; empty without one
   * @param featuresHash its fingerprint
   * @param reference what was compared with
   * @param referenceHash its fingerprint
   */
  public record Comparison(
      String features, String featuresHash, String reference, String referenceHash) {}

  /**
   * Where it was measured.
   *
   * @param processor name of the processor
   * @param threads threads that computed
   */
  public record Machine(String processor, int threads) {}

  /** Text by column. */
  Map<String, String> cells() {
    List<String> texts =
        List.of(
            subject.checkpoint().map(String::valueOf).orElse(""),
            subject.weights(),
            subject.sampler(),
            result.measure().name(),
            Double.toString(result.value()),
            Integer.toString(result.samples()),
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
}
