package io.ddgan.eval;

import io.ddgan.api.Examples;
import io.ddgan.api.Metric.Measure;
import io.ddgan.api.Metric.Need;
import io.ddgan.config.ConfigurationException;
import io.ddgan.eval.EvaluationPlan.Task;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.train.experiment.EvaluationSettings;
import io.ddgan.train.experiment.Setup;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** Finds out, before a training begins, whether it can measure what it is to measure. */
public final class EvaluationCheck {

  private static final String METRICS = "evaluation.metrics";

  private EvaluationCheck() {}

  /**
   * Asks all parts of a training, its metrics among them.
   *
   * @param data the opened data set
   * @return the networks' parameters
   * @throws ConfigurationException if they do not suit each other or the data; the message names
   *     the key
   */
  public static Map<String, ParameterLayout> of(Setup setup, Examples data) {
    Map<String, ParameterLayout> layouts = setup.check(data.shape(), Setup.classes(data));
    require(setup.experiment().evaluation(), data, () -> setup.isConditional(data));
    return layouts;
  }

  /**
   * Asks metrics and extractor, without slow work.
   *
   * @param data the run's data set
   * @param isConditional tells whether the run's generator looks at the classes of its data
   * @throws ConfigurationException if they do not suit the data or each other, or a file is
   *     missing; the message names the key
   */
  public static void require(
      EvaluationSettings settings, Examples data, BooleanSupplier isConditional) {
    if (settings.metrics().isEmpty()) {
      return;
    }
    EvaluationPlan plan;
    try {
      plan = EvaluationPlan.ofRun(settings, Reference.of("the data", data), isConditional);
    } catch (IllegalArgumentException e) {
      throw ConfigurationException.of(METRICS, e);
    }
    settings.best().ifPresent(best -> requireGiven(best, settings, data.reference()));
    if (plan.tasks().stream().noneMatch(Task::seesFeatures)) {
      return;
    }
    OptionalInt classes = classes(settings, data.reference());
    for (Task task : plan.tasks()) {
      if (task.needs().contains(Need.PROBABILITIES) && classes.equals(OptionalInt.of(0))) {
        throw ConfigurationException.of(
            METRICS, task.withoutProbabilities() + " evaluation.features");
      }
    }
  }

  private static OptionalInt classes(EvaluationSettings settings, Examples data) {
    try {
      return settings.features().check(data.shape(), Optional.of(data));
    } catch (IllegalArgumentException | IOException e) {
      throw ConfigurationException.of("evaluation.features", e);
    }
  }

  private static void requireGiven(String best, EvaluationSettings settings, Examples data) {
    List<String> given =
        settings.metrics().stream()
            .flatMap(metric -> metric.measures(Optional.of(data)).stream())
            .map(Measure::name)
            .toList();
    if (!given.contains(best)) {
      String message =
          "is %s, which the metrics do not give of this data, only %s".formatted(best, given);
      throw ConfigurationException.of("evaluation.best", message);
    }
  }
}
