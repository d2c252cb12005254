package io.ddgan.eval;

import io.ddgan.api.Evidence;
import io.ddgan.api.Examples;
import io.ddgan.api.Labels;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.Moments;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Vectors;
import io.ddgan.eval.EvaluationPlan.Task;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.sampling.Generated;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one metric is given; numbers that are not finite are refused when they are read.
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

  /**
   * Vectors of which every number is checked when it is read.
   *
   * @param example what each belongs to, with a place for its number where that says anything
   * @param element what their numbers are
   */
  private static Vectors finite(Vectors vectors, String example, String element) {
    return Vectors.of(
        vectors.count(),
        vectors.size(),
        (first, count, out) -> {
          vectors.read(first, count, out);
          for (int i = 0; i < count * vectors.size(); i++) {
            if (!Double.isFinite(out[i])) {
              throw new RefusedException(
                  "%s has a %s that is not finite: %s"
                      .formatted(example.formatted(first + i / vectors.size()), element, out[i]));
            }
          }
        });
  }

  @Override
  public Vectors values() {
    return column(Need.VALUES, "value");
  }

  @Override
  public Vectors features() {
    return column(Need.FEATURES, "feature");
  }

  @Override
  public Vectors probabilities() {
    return column(Need.PROBABILITIES, "class probability");
  }

  private Vectors column(Need column, String element) {
    require(column);
    return finite(columns.apply(column).first(task.samples()), "generated example %d", element);
  }

  @Override
  public Examples real() {
    require(Need.REAL);
    return reference.examples().orElseThrow();
  }

  @Override
  public Vectors realFeatures() {
    require(Need.REAL_FEATURES);
    return real(realVectors.orElseThrow().vectors(task.samples()));
  }

  /** Their order is drawn, so that numbers of examples tell nobody anything. */
  private static Vectors real(Vectors features) {
    return finite(features, "a real example", "feature");
  }

  @Override
  public Moments realMoments() {
    require(Need.REAL_MOMENTS);
    return reference.moments().or(() -> realVectors.flatMap(RealFeatures::moments)).orElseThrow();
  }

  @Override
  public Vectors realFeatures(int label) {
    require(Need.REAL_FEATURES_BY_CLASS);
    return real(realVectors.orElseThrow().vectorsOf(label));
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
