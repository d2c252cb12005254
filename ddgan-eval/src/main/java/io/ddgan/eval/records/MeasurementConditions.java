package io.ddgan.eval.records;

import io.ddgan.api.Metric.Measure;
import io.ddgan.eval.records.EvaluationRecord.Machine;
import io.ddgan.eval.records.EvaluationRecord.Subject;
import java.util.Optional;

/**
 * The conditions of a measurement. Values of different runs are comparable if these are equal; the
 * runs' own samplers and seeds may differ.
 *
 * @param settings the metric's type and keys
 * @param sampler the sampler, if not the run's own
 * @param seed the seed of the samples, if not the run's own
 * @param featuresHash fingerprint of the extractor
 * @param referenceHash fingerprint of the reference
 * @param machine the machine, if the value depends on it
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

  /** Returns the metric's type. */
  public String metric() {
    return settings.replaceFirst("^type=(\\S+).*$", "$1");
  }

  /** Returns the metric's keys, without its type. */
  public String keys() {
    return settings.replaceFirst("^type=\\S+ ?", "");
  }

  /** Returns whether these are the run's own average, sampler and seed. */
  boolean isUsual() {
    return weights.equals(Subject.EMA) && sampler.isEmpty() && seed.isEmpty();
  }

  /** Returns whether a record of other examples was measured under the same conditions. */
  boolean isAlike(EvaluationRecord measured) {
    return settings.equals(measured.settings())
        && samples == measured.samples()
        && featuresHash.equals(measured.comparison().featuresHash())
        && referenceHash.equals(measured.comparison().referenceHash());
  }
}
