package io.ddgan.train;

import io.ddgan.api.Examples;
import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.evaluation.EvaluationSettings;
import io.ddgan.train.evaluation.Evaluator;
import io.ddgan.train.evaluation.Reference;
import io.ddgan.train.evaluation.Result;
import io.ddgan.train.evaluation.Workplace;
import io.ddgan.train.run.MetricsCsv;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.util.ArrayList;
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
      Workplace workplace)
      throws IOException {
    RandomStreams random = new RandomStreams(experiment.seed());
    String run = folder.root().toAbsolutePath().toString();
    DrawnExamples samples = new DrawnExamples(synthesis, random, run);
    EvaluationSettings settings = experiment.evaluation();
    Optional<Evaluator> evaluator = Optional.empty();
    if (!settings.metrics().isEmpty()) {
      evaluator = Evaluator.prepare(settings, Reference.of("data", data), samples, workplace);
      if (evaluator.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(new SelfEvaluation(settings, folder, evaluator, samples, random));
  }

  /** Columns of the metrics: those of training, and those of what is evaluated. */
  static List<String> columns(EvaluationSettings settings) {
    List<String> columns = new ArrayList<>(Measurements.COLUMNS);
    settings.measures().stream().map(Measure::name).forEach(columns::add);
    return columns;
  }

  /** Whether a run has evaluated itself behind a step. */
  static boolean isDone(EvaluationSettings settings, RunFolder folder, long step)
      throws IOException {
    for (Measure measure : settings.measures()) {
      if (MetricsCsv.column(folder.metrics(), columns(settings), measure.name())
          .containsKey(step)) {
        return true;
      }
    }
    return settings.metrics().isEmpty();
  }

  /** Whether it is time, behind so many steps. */
  boolean isDue(long done, long total) {
    int every = settings.every();
    return evaluator.isPresent() && (done == total || (every > 0 && done > 0 && done % every == 0));
  }

  /** Measures; nothing if the work was to be stopped before it was done. */
  Optional<Map<String, Double>> evaluate() throws IOException {
    Evaluator ready = evaluator.orElseThrow();
    Optional<List<Result>> results = ready.evaluate(samples, random, false);
    ready.forget();
    return results.map(
        all -> {
          Map<String, Double> values = new LinkedHashMap<>();
          all.forEach(result -> values.put(result.measure().name(), result.value()));
          return values;
        });
  }

  /** Whether the latest evaluation among the metrics is the best; never if no best is sought. */
  boolean isBest() throws IOException {
    if (settings.best().isEmpty()) {
      return false;
    }
    String name = settings.best().get();
    List<Double> values =
        List.copyOf(MetricsCsv.column(folder.metrics(), columns(settings), name).values());
    double sign = better(name) == Better.LOWER ? 1 : -1;
    double last = sign * values.get(values.size() - 1);
    return values.subList(0, values.size() - 1).stream().noneMatch(v -> sign * v <= last);
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
