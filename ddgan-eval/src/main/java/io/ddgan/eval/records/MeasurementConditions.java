package io.ddgan.eval.records;

import io.ddgan.api.Metric.Measure;
import io.ddgan.eval.records.EvaluationRecord.Machine;
import io.ddgan.eval.records.EvaluationRecord.Subject;
import java.util.Optional;

/**
 * Under what a number was measured. Numbers of different runs compare if these are equal; what a
 * run's own configuration says, its sampler and its seed, may differ.
 *
 * @param settings the metric's type and keys
 * @param sampler another sampler than the run's own
 * @param seed another seed of the samples than the run's own
 * @param featuresHash fingerprint of the extractor
 * @param referenceHash fingerprint of what was compared with
 * @param machine where, if it is a number of the machine
 */
public record MeasurementConditions(
    Measure measure,
    String settings,
    int samples,
    String weights,
    Optional<String> sampler,
    Optional<Long> seed,
    String featuresHash,
    String referenceHash,
    Optional<Machine> machine) {

  /** The metric that measured. */
  public String metric() {
    return settings.replaceFirst("^type=(\\S+).*$", "$1");
  }

  /** Its keys, without its type. */
  public String keys() {
    return settings.replaceFirst("^type=\\S+ ?", "");
  }

  /** Whether the run's own average, sampler and seed were measured. */
  boolean isUsual() {
    return weights.equals(Subject.EMA) && sampler.isEmpty() && seed.isEmpty();
  }

  /** Whether other examples than a run's were measured in the same way. */
  boolean isAlike(EvaluationRecord measured) {
    return settings.equals(measured.settings())
        && samples == measured.samples()
        && featuresHash.equals(measured.comparison().featuresHash())
        && referenceHash.equals(measured.comparison().referenceHash());
  }
}
