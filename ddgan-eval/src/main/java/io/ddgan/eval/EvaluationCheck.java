package io.ddgan.eval;

import io.ddgan.api.Labels;
import io.ddgan.api.OpenDataset;
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

/** Checks, before a training begins, that its evaluations are possible. */
public final class EvaluationCheck {

  private EvaluationCheck() {}

  /**
   * Checks all components of a training, including its metrics.
   *
   * @return the networks' parameters
   * @throws ConfigurationException if they do not suit each other or the data; the message names
   *     the key
   */
  public static Map<String, ParameterLayout> of(Setup setup, OpenDataset data) {
    Map<String, ParameterLayout> layouts = setup.check(data.shape(), Setup.classes(data));
    require(setup.experiment().evaluation(), data, () -> setup.isConditional(data));
    return layouts;
  }

  /**
   * Checks metrics and extractor, without slow work.
   *
   * @param isConditional returns true if the run's generator is class-conditional
   * @throws ConfigurationException if they do not suit the data or each other, or a file is
   *     missing; the message names the key
   */
  public static void require(
      EvaluationSettings settings, OpenDataset data, BooleanSupplier isConditional) {
    if (settings.metrics().isEmpty()) {
      return;
    }
    ReferenceData reference = ReferenceData.of("the data", data);
    Supplier<Optional<Labels>> asked =
        () -> isConditional.getAsBoolean() ? reference.labels() : Optional.empty();
    String key = "evaluation.metrics";
    try {
      EvaluationPlan plan = EvaluationPlan.of(settings, reference, Integer.MAX_VALUE, true, asked);
      key = "evaluation.keep-best";
      List<String> given =
          settings.metrics().stream()
              .flatMap(metric -> metric.measures(reference.examples()).stream())
              .map(measure -> measure.by(settings.features()).name())
              .toList();
      if (!given.containsAll(settings.keepBest().stream().toList())) {
        throw new RefusedException(
            "is %s, but the metrics measure only %s on this data"
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
