package io.ddgan.train.evaluation;

import io.ddgan.api.Evidence;
import io.ddgan.api.Examples;
import io.ddgan.api.Labels;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.Moments;
import io.ddgan.api.Vectors;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.evaluation.EvaluationPlan.Task;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one metric is given.
 *
 * @param columns what is known of the generated examples
 * @param realVectors features of real examples, where any are needed
 */
record StoredEvidence(
    Task task,
    Reference reference,
    Generated examples,
    Function<Need, Vectors> columns,
    Optional<RealFeatures> realVectors,
    RandomStreams random)
    implements Evidence {

  @Override
  public Vectors values() {
    return column(Need.VALUES);
  }

  @Override
  public Vectors features() {
    return column(Need.FEATURES);
  }

  @Override
  public Vectors probabilities() {
    return column(Need.PROBABILITIES);
  }

  private Vectors column(Need column) {
    require(column);
    return columns.apply(column).first(task.samples());
  }

  @Override
  public Examples real() {
    require(Need.REAL);
    return reference.examples().orElseThrow();
  }

  @Override
  public Vectors realFeatures() {
    require(Need.REAL_FEATURES);
    return realVectors.orElseThrow().vectors(task.samples());
  }

  @Override
  public Moments realMoments() {
    require(Need.REAL_MOMENTS);
    return reference.moments().or(() -> realVectors.flatMap(RealFeatures::moments)).orElseThrow();
  }

  @Override
  public Vectors realFeatures(int label) {
    require(Need.REAL_FEATURES_BY_CLASS);
    return realVectors.orElseThrow().vectorsOf(label);
  }

  @Override
  public Labels asked() {
    require(Need.ASKED);
    return examples.asked().orElseThrow();
  }

  @Override
  public Producer generator() {
    require(Need.GENERATOR);
    return examples.producer().orElseThrow();
  }

  private void require(Need need) {
    if (!task.needs().contains(need)) {
      throw new IllegalStateException(
          "the metric of %s did not say that it needs %s".formatted(task.name(), need));
    }
  }
}
