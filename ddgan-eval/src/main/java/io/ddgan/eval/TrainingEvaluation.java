package io.ddgan.eval;

import io.ddgan.api.Examples;
import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.api.WorkListener;
import io.ddgan.eval.Evaluator.Recorder;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.eval.records.EvaluationRecord.Machine;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.PeriodicEvaluation;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.EvaluationSettings;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.DrawnExamples;
import io.ddgan.train.sampling.Synthesis;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.commons.io.function.IOConsumer;

/** Measures a run while it is trained, as its configuration says. */
public final class TrainingEvaluation implements PeriodicEvaluation {

  private final RunFolder folder;
  private final Experiment experiment;
  private final EvaluationSettings settings;
  private final ComponentText text;
  private final OwnMeasurements measurements;
  private final Readers readers;
  private final Path cache;
  private final Machine machine;

  /**
   * The evaluation of a run.
   *
   * @param text how components are written with what is measured
   * @param cache folder that outlives the process, for what evaluations take long to learn
   * @param machine what computes, as it is written with what is measured
   */
  public TrainingEvaluation(
      RunFolder folder,
      Experiment experiment,
      ComponentText text,
      Readers readers,
      Path cache,
      Machine machine) {
    this.folder = folder;
    this.experiment = experiment;
    this.settings = experiment.evaluation();
    this.text = text;
    this.measurements = new OwnMeasurements(folder, experiment, text);
    this.readers = readers;
    this.cache = cache;
    this.machine = machine;
  }

  @Override
  public boolean isDone(long step) throws IOException {
    return measurements.isDone(step);
  }

  @Override
  public Optional<PeriodicEvaluation.Prepared> prepare(
      Examples data, Synthesis synthesis, WorkListener listener, BooleanSupplier stop)
      throws IOException {
    String run = folder.root().toAbsolutePath().toString();
    DrawnExamples samples = new DrawnExamples(synthesis, new RandomStreams(experiment.seed()), run);
    List<EvaluationRecord> found = new ArrayList<>();
    Evaluator evaluator =
        new Evaluator(
            settings,
            Reference.of(text.type(experiment.data()), data),
            false,
            Optional.empty(),
            new Recorder(Optional.empty(), false, found::add),
            new EvaluationContext(cache, readers, text::metric, machine, listener, stop));
    if (!settings.metrics().isEmpty()) {
      EvaluationCheck.require(settings, data, () -> samples.asked().isPresent());
      if (!evaluator.prepare(samples)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Prepared(evaluator, samples, found));
  }

  private final class Prepared implements PeriodicEvaluation.Prepared {

    private final Evaluator evaluator;
    private final DrawnExamples samples;
    private final List<EvaluationRecord> found;

    Prepared(Evaluator evaluator, DrawnExamples samples, List<EvaluationRecord> found) {
      this.evaluator = evaluator;
      this.samples = samples;
      this.found = found;
    }

    @Override
    public boolean isDue(long done, long total) throws IOException {
      int every = settings.every();
      return (done == total || (every > 0 && done > 0 && done % every == 0))
          && !measurements.isDone(done);
    }

    @Override
    public Optional<Map<String, Double>> run(long step, IOConsumer<Boolean> beforeRecording)
        throws IOException {
      found.clear();
      if (!evaluator.evaluate(measurements.subject(step, samples.batch()), samples)) {
        return Optional.empty();
      }
      Map<String, Double> values = new LinkedHashMap<>();
      found.forEach(each -> values.put(each.measure().name(), each.value()));
      beforeRecording.accept(isBest(step, values));
      measurements.add(found);
      return Optional.of(values);
    }

    @Override
    public void close() throws IOException {
      evaluator.close();
    }
  }

  /**
   * Whether an evaluation is the best so far; never if no best is sought, or if it has given no
   * finite number.
   */
  private boolean isBest(long step, Map<String, Double> measured) throws IOException {
    if (settings.best().isEmpty()) {
      return false;
    }
    String name = settings.best().get();
    double latest = measured.getOrDefault(name, Double.NaN);
    if (!Double.isFinite(latest)) {
      System.getLogger(TrainingEvaluation.class.getName())
          .log(
              Level.WARNING,
              "step {0} cannot be the best: its evaluation has given no finite {1}",
              Long.toString(step),
              name);
      return false;
    }
    Collection<Double> earlier =
        measurements.curves().getOrDefault(name, new TreeMap<>()).headMap(step).values();
    Better better =
        settings.measures().stream()
            .filter(measure -> measure.name().equals(name))
            .map(Measure::better)
            .findFirst()
            .orElseThrow();
    return isBest(latest, earlier, better);
  }

  /** Whether a number is finite and better than all finite ones before. */
  static boolean isBest(double latest, Collection<Double> earlier, Better better) {
    double sign = better == Better.LOWER ? 1 : -1;
    return Double.isFinite(latest)
        && earlier.stream()
            .filter(Double::isFinite)
            .noneMatch(value -> sign * value <= sign * latest);
  }
}
