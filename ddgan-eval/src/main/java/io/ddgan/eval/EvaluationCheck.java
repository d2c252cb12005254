package io.ddgan.eval;

import io.ddgan.api.Examples;
import io.ddgan.api.Labels;
import io.ddgan.api.Metric.Measure;
import io.ddgan.api.RefusedException;
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
import java.util.function.Supplier;

/** Finds out, before a training begins, whether it can measure what it is to measure. */
public final class EvaluationCheck {

  private EvaluationCheck() {}

  /**
   * Asks all parts of a training, its metrics among them.
   *
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
   * @param isConditional tells whether the run's generator looks at the classes of its data
   * @throws ConfigurationException if they do not suit the data or each other, or a file is
   *     missing; the message names the key
   */
  public static void require(
      EvaluationSettings settings, Examples data, BooleanSupplier isConditional) {
    if (settings.metrics().isEmpty()) {
      return;
    }
    Reference reference = Reference.of("the data", data);
    Supplier<Optional<Labels>> asked =
        () -> isConditional.getAsBoolean() ? reference.labels() : Optional.empty();
    String key = "evaluation.metrics";
    try {
      EvaluationPlan plan = EvaluationPlan.of(settings, reference, Integer.MAX_VALUE, true, asked);
      key = "evaluation.keep-best";
      List<String> given =
          settings.metrics().stream()
              .flatMap(metric -> metric.measures(reference.examples()).stream())
              .map(Measure::name)
              .toList();
      if (!given.containsAll(settings.keepBest().stream().toList())) {
        throw new RefusedException(
            "is %s, which the metrics do not give of this data, only %s"
                .formatted(settings.keepBest().get(), given));
      }
      if (plan.tasks().stream().anyMatch(Task::seesFeatures)) {
        key = "evaluation.features";
        OptionalInt classes =
            settings.features().check(data.cleanExamples().shape(), reference.examples());
        key = "evaluation.metrics";
        plan.requireProbabilities(classes.orElse(1), "evaluation.features");
      }
    } catch (RefusedException | IOException e) {
      throw ConfigurationException.of(key, e);
    }
  }
}
