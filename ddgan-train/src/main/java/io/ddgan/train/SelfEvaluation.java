package io.ddgan.train;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.evaluation.EvaluationCheck;
import io.ddgan.train.evaluation.EvaluationContext;
import io.ddgan.train.evaluation.EvaluationSettings;
import io.ddgan.train.evaluation.Evaluator;
import io.ddgan.train.evaluation.OwnMeasurements;
import io.ddgan.train.evaluation.Recorder;
import io.ddgan.train.evaluation.Reference;
import io.ddgan.train.evaluation.records.EvaluationRecord;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.DrawnExamples;
import io.ddgan.train.sampling.Synthesis;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run's evaluation of its own averaged generator, on the way and at the end.
 *
 * @param measurements where what was measured is kept
 * @param evaluator empty if nothing is measured
 */
record SelfEvaluation(
    EvaluationSettings settings,
    OwnMeasurements measurements,
    Optional<Evaluator> evaluator,
    DrawnExamples samples)
    implements AutoCloseable {

  /**
   * Prepares what all evaluations share.
   *
   * @param measurements where what was measured is kept
   * @param reference the run's data
   * @param synthesis generates with the weights as they are when it is asked to
   * @param context one that does not resume: rows that are left may be of other weights
   * @return nothing if the work was to be stopped before it was done
   */
  static Optional<SelfEvaluation> prepare(
      Experiment experiment,
      RunFolder folder,
      OwnMeasurements measurements,
      Reference reference,
      Synthesis synthesis,
      EvaluationContext context)
      throws IOException {
    if (context.resume()) {
      throw new IllegalArgumentException("rows that are left may be of other weights");
    }
    String run = folder.root().toAbsolutePath().toString();
    DrawnExamples samples = new DrawnExamples(synthesis, new RandomStreams(experiment.seed()), run);
    EvaluationSettings settings = experiment.evaluation();
    Optional<Evaluator> evaluator = Optional.empty();
    if (!settings.metrics().isEmpty()) {
      reference
          .examples()
          .ifPresent(
              data -> EvaluationCheck.require(settings, data, () -> samples.asked().isPresent()));
      evaluator = Evaluator.prepare(settings, reference, samples, false, context);
      if (evaluator.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(new SelfEvaluation(settings, measurements, evaluator, samples));
  }

  /** Whether it is time, after so many steps, and was not done before. */
  boolean isDue(long done, long total) throws IOException {
    int every = settings.every();
    return evaluator.isPresent()
        && (done == total || (every > 0 && done > 0 && done % every == 0))
        && !measurements.isDone(done);
  }

  /**
   * Measures; {@link #keep} has to follow.
   *
   * @param step the steps that are done
   * @return nothing if the work was to be stopped before it was done
   */
  Optional<List<EvaluationRecord>> evaluate(long step) throws IOException {
    Evaluator ready = evaluator.orElseThrow();
    List<EvaluationRecord> records = new ArrayList<>();
    boolean isDone =
        ready.evaluate(
            measurements.subject(step, samples.batch()),
            samples,
            Optional.empty(),
            new Recorder(Optional.empty(), records::add));
    if (!isDone) {
      ready.forget(); // the rows, as nobody may go on with them
      return Optional.empty();
    }
    return Optional.of(records);
  }

  /** Keeps what was measured, after which it is not measured again. */
  void keep(List<EvaluationRecord> records) throws IOException {
    measurements.add(records);
  }

  /** The numbers by name. */
  static Map<String, Double> values(List<EvaluationRecord> records) {
    Map<String, Double> values = new LinkedHashMap<>();
    records.forEach(each -> values.put(each.measure().name(), each.value()));
    return values;
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
    Collection<Double> earlier =
        measurements.curves().getOrDefault(name, new TreeMap<>()).headMap(step).values();
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
