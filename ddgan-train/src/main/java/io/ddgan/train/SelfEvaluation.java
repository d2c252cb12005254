package io.ddgan.train;

import io.ddgan.api.Examples;
import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.api.RefusedException;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.evaluation.EvaluationContext;
import io.ddgan.train.evaluation.EvaluationSettings;
import io.ddgan.train.evaluation.Evaluator;
import io.ddgan.train.evaluation.Reference;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.MetricsCsv;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.DrawnExamples;
import io.ddgan.train.sampling.Synthesis;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run's evaluation of its own averaged generator, on the way and at the end. */
final class SelfEvaluation implements AutoCloseable {

  private final EvaluationSettings settings;
  private final RunFolder folder;
  private final Optional<Evaluator> evaluator;
  private final DrawnExamples samples;
  private final RandomStreams random;

  private SelfEvaluation(
      EvaluationSettings settings,
      RunFolder folder,
      Optional<Evaluator> evaluator,
      DrawnExamples samples,
      RandomStreams random) {
    this.settings = settings;
    this.folder = folder;
    this.evaluator = evaluator;
    this.samples = samples;
    this.random = random;
  }

  /**
   * Prepares what all evaluations share.
   *
   * @param synthesis generates with the weights as they are when it is asked to
   * @return nothing if the work was to be stopped before it was done
   */
  static Optional<SelfEvaluation> prepare(
      Experiment experiment,
      RunFolder folder,
      Examples data,
      Synthesis synthesis,
      EvaluationContext context)
      throws IOException {
    RandomStreams random = new RandomStreams(experiment.seed());
    String run = folder.root().toAbsolutePath().toString();
    DrawnExamples samples = new DrawnExamples(synthesis, random, run);
    EvaluationSettings settings = experiment.evaluation();
    Optional<Evaluator> evaluator = Optional.empty();
    if (!settings.metrics().isEmpty()) {
      if (settings.best().isPresent()) {
        requireGiven(settings.best().get(), settings, data);
      }
      evaluator = Evaluator.prepare(settings, Reference.of("data", data), samples, context);
      if (evaluator.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(new SelfEvaluation(settings, folder, evaluator, samples, random));
  }

  private static void requireGiven(String best, EvaluationSettings settings, Examples data) {
    List<String> given =
        settings.metrics().stream()
            .flatMap(metric -> metric.measures(Optional.of(data)).stream())
            .map(Measure::name)
            .toList();
    if (!given.contains(best)) {
      throw new RefusedException(
          "evaluation.best is %s, which the metrics do not give of this data, only %s"
              .formatted(best, given));
    }
  }

  /** Columns of what is evaluated. */
  static List<String> columns(EvaluationSettings settings) {
    return settings.measures().stream().map(Measure::name).toList();
  }

  /** Whether a run has evaluated itself after a step. */
  static boolean isDone(EvaluationSettings settings, RunFolder folder, long step)
      throws IOException {
    for (Measure measure : settings.measures()) {
      if (MetricsCsv.column(folder.metrics(), measure.name()).containsKey(step)) {
        return true;
      }
    }
    return settings.metrics().isEmpty();
  }

  /** Whether it is time, after so many steps. */
  boolean isDue(long done, long total) {
    int every = settings.every();
    return evaluator.isPresent() && (done == total || (every > 0 && done > 0 && done % every == 0));
  }

  /** Measures; nothing if the work was to be stopped before it was done. */
  Optional<Map<String, Double>> evaluate() throws IOException {
    Evaluator ready = evaluator.orElseThrow();
    Map<String, Double> values = new LinkedHashMap<>();
    boolean isDone =
        ready.evaluate(
            samples,
            random,
            false,
            (metric, comparison, results) ->
                results.forEach(result -> values.put(result.measure().name(), result.value())));
    ready.forget();
    return isDone ? Optional.of(values) : Optional.empty();
  }

  /**
   * Whether an evaluation is the best so far; never if no best is sought, or if it has given no
   * finite number.
   *
   * @param step the step after which it was made
   * @param measured what it has given
   */
  boolean isBest(long step, Map<String, Double> measured) throws IOException {
    if (settings.best().isEmpty()) {
      return false;
    }
    String name = settings.best().get();
    double latest = measured.getOrDefault(name, Double.NaN);
    if (!Double.isFinite(latest)) {
      System.getLogger(SelfEvaluation.class.getName())
          .log(
              Level.WARNING,
              "step {0} cannot be the best: its evaluation has given no finite {1}",
              Long.toString(step),
              name);
      return false;
    }
    Collection<Double> earlier = MetricsCsv.column(folder.metrics(), name).headMap(step).values();
    return isBest(latest, earlier, better(name));
  }

  /** Whether a number is finite and better than all finite ones before. */
  static boolean isBest(double latest, Collection<Double> earlier, Better better) {
    double sign = better == Better.LOWER ? 1 : -1;
    return Double.isFinite(latest)
        && earlier.stream()
            .filter(Double::isFinite)
            .noneMatch(value -> sign * value <= sign * latest);
  }

  private Better better(String name) {
    return settings.measures().stream()
        .filter(measure -> measure.name().equals(name))
        .map(Measure::better)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws IOException {
    if (evaluator.isPresent()) {
      evaluator.get().close();
    }
  }
}
