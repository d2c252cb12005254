package io.ddgan.train.evaluation;

import io.ddgan.api.Metric;
import io.ddgan.train.evaluation.records.EvaluationRecord.Comparison;
import io.ddgan.train.evaluation.records.EvaluationRecord.Result;
import java.io.IOException;
import java.util.List;

/** Takes down what metrics give, one metric after the other, as soon as it is known. */
@FunctionalInterface
public interface Recorder {

  /**
   * Whether a metric need not be evaluated, because what it gives is known.
   *
   * @param comparison what it would be evaluated with
   * @param samples generated examples that it would be given
   * @throws IOException if that cannot be found out
   */
  default boolean knows(Metric metric, Comparison comparison, int samples) throws IOException {
    return false;
  }

  /**
   * A metric has been evaluated.
   *
   * @param comparison what it was evaluated with
   * @throws IOException if this cannot be taken down
   */
  void measured(Metric metric, Comparison comparison, List<Result> results) throws IOException;
}
