package io.ddgan.train.evaluation;

import io.ddgan.api.Features;
import io.ddgan.api.Metric.Need;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Extracts the rows of some generated examples and measures nothing, for an evaluation in another
 * process, which {@link RowSource} has ask for it.
 */
public final class PartExtraction {

  private PartExtraction() {}

  /**
   * Extracts rows.
   *
   * @param settings those of the evaluation
   * @param reference what it compares generated examples with
   * @param folder where the rows are kept; those that an earlier process has left there are used
   * @return whether all were extracted, or the work was to be stopped before
   * @throws IllegalArgumentException as {@link Evaluator#prepare} does
   * @throws IOException as {@link Evaluator#prepare} does
   */
  public static boolean extract(
      EvaluationSettings settings,
      Reference reference,
      Generated generated,
      ExampleRange range,
      Path folder,
      EvaluationContext context)
      throws IOException {
    EvaluationPlan plan = EvaluationPlan.of(settings, reference, generated);
    Optional<Features> features =
        plan.needs(Need.FEATURES, Need.PROBABILITIES)
            ? Optional.of(Evaluator.open(settings, generated.shape(), reference, context))
            : Optional.empty();
    try {
      return new Rows(generated, features, plan.columns(generated, features))
          .extract(range, folder, context);
    } finally {
      features.ifPresent(Features::close);
    }
  }

  /** Whether a folder has all the rows that were asked for. */
  public static boolean isComplete(Path folder) {
    return Rows.isComplete(folder);
  }
}
