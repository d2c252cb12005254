package io.ddgan.app.report;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.eval.records.EvaluationRecord.Comparison;
import io.ddgan.eval.records.EvaluationRecord.Machine;
import io.ddgan.eval.records.EvaluationRecord.Subject;
import io.ddgan.eval.records.MeasuredRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs with metrics. */
final class Measured {

  static final Measure FID = new Measure("classifier-fid", Better.LOWER);
  static final Measure RECALL = new Measure("classifier-recall", Better.HIGHER);
  static final Measure TIME = new Measure("seconds-per-100", Better.LOWER);

  /** The metrics that compute them. */
  private static final Map<Measure, String> TYPES =
      Map.of(FID, "fid", RECALL, "precision-recall", TIME, "timing");

  private static final String SAMPLER = "type=chain";

  private Measured() {}

  /** A run of 10 steps with numbers of {@link #FID}, {@link #RECALL} and {@link #TIME}. */
  static MeasuredRun run(Map<String, Double> values, long seed) {
    List<EvaluationRecord> records = new ArrayList<>();
    new TreeMap<>(values)
        .forEach(
            (name, value) -> {
              Measure measure =
                  TYPES.keySet().stream()
                      .filter(one -> one.name().equals(name))
                      .findFirst()
                      .orElseThrow();
              records.add(
                  new EvaluationRecord(
                      new Subject(Optional.of(10L), "ema", SAMPLER, Optional.of(8), seed),
                      "type=" + TYPES.get(measure),
                      measure,
                      value,
                      500,
                      new Comparison("features", "12ab34cd56ef7890", "data", "34cd12ab56ef7890"),
                      new Machine("a machine", 2)));
            });
    return new MeasuredRun(records, 10, Optional.empty(), SAMPLER, seed);
  }
}
