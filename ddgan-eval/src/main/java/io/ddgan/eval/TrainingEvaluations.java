package io.ddgan.eval;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.ProgressListener;
import io.ddgan.eval.Evaluator.Recorder;
import io.ddgan.eval.records.EvaluationFiles;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.eval.records.EvaluationRecord.Machine;
import io.ddgan.eval.records.EvaluationRecord.Subject;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.PeriodicEvaluation;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.EvaluationSettings;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.GeneratedExamples;
import io.ddgan.train.sampling.SamplingLoop;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.commons.io.function.IOConsumer;

/**
 * The evaluations that a run's configuration asks for: of its averaged generator, with its sampler
 * and seed. They are stored with all other evaluations of the run.
 */
public record TrainingEvaluations(RunFolder folder, Experiment experiment, ComponentText text) {

  private static final System.Logger LOG = System.getLogger(TrainingEvaluations.class.getName());

  /**
   * Returns whether all configured metrics were measured after a step; true if none is configured.
   *
   * @throws IOException if a file cannot be read; the message names it
   */
  public boolean isDone(long step) throws IOException {
    List<String> measured =
        own().stream()
            .filter(each -> each.subject().checkpoint().orElseThrow() == step)
            .map(EvaluationRecord::settings)
            .toList();
    return settings().metrics().stream().map(text::metric).allMatch(measured::contains);
  }

  /**
   * Returns the values by step, for each measure.
   *
   * @throws IOException if a file cannot be read; the message names it
   */
  public Map<String, SortedMap<Long, Double>> curves() throws IOException {
    Map<String, SortedMap<Long, Double>> curves = new LinkedHashMap<>();
    for (EvaluationRecord each : own()) {
      curves
          .computeIfAbsent(each.measure().name(), name -> new TreeMap<>())
          .put(each.subject().checkpoint().orElseThrow(), each.value());
    }
    return curves;
  }

  private EvaluationSettings settings() {
    return experiment.evaluation();
  }

  private List<EvaluationRecord> own() throws IOException {
    return settings().metrics().isEmpty()
        ? List.of()
        : new EvaluationFiles(folder.root()).read().stream().filter(this::isOwn).toList();
  }

  private boolean isOwn(EvaluationRecord each) {
    Subject subject = each.subject();
    return subject.checkpoint().isPresent()
        && subject.weights().equals(Subject.EMA)
        && subject.sampler().equals(text.line(experiment.sampler()))
        && subject.seed() == experiment.seed()
        && settings().metrics().stream()
            .anyMatch(
                metric ->
                    text.metric(metric).equals(each.settings())
                        && settings().samples(metric) == each.samples());
  }

  /**
   * Returns the evaluations that run during training.
   *
   * @param cache folder that outlives the process, for results that are slow to compute
   * @param machine description of the machine, recorded with the results
   */
  public PeriodicEvaluation whileTraining(Readers readers, Path cache, Machine machine) {
    return new WhileTraining(this, readers, cache, machine);
  }

  private record WhileTraining(
      TrainingEvaluations own, Readers readers, Path cache, Machine machine)
      implements PeriodicEvaluation {

    @Override
    public boolean isDone(long step) throws IOException {
      return own.isDone(step);
    }

    @Override
    public Optional<Prepared> prepare(
        OpenDataset data, SamplingLoop synthesis, ProgressListener listener, BooleanSupplier stop)
        throws IOException {
      Experiment experiment = own.experiment();
      GeneratedExamples samples =
          new GeneratedExamples(synthesis, new RandomStreams(experiment.seed()), Optional.empty());
      List<EvaluationRecord> found = new ArrayList<>();
      Evaluator evaluator =
          new Evaluator(
              own.settings(),
              ReferenceData.of(own.text.type(experiment.data()), data),
              /* withFloor= */ false,
              Optional.empty(),
              new Recorder(Optional.empty(), /* skipExisting= */ false, found::add),
              new Evaluator.Context(cache, readers, own.text::metric, machine, listener, stop));
      if (!own.settings().metrics().isEmpty()) {
        EvaluationCheck.require(own.settings(), data, () -> samples.requestedClasses().isPresent());
        if (!evaluator.prepare(samples)) {
          return Optional.empty();
        }
      }
      return Optional.of(new Periodic(own, samples, evaluator, found));
    }
  }

  private record Periodic(
      TrainingEvaluations own,
      GeneratedExamples samples,
      Evaluator evaluator,
      List<EvaluationRecord> found)
      implements PeriodicEvaluation.Prepared {

    @Override
    public boolean isDue(long done, long total) throws IOException {
      int every = own.settings().every();
      return (done == total || (every > 0 && done > 0 && done % every == 0)) && !own.isDone(done);
    }

    @Override
    public Optional<Map<String, Double>> run(long step, IOConsumer<Boolean> beforeRecording)
        throws IOException {
      found.clear();
      Subject subject =
          new Subject(
              Optional.of(step),
              Subject.EMA,
              own.text.line(own.experiment.sampler()),
              Optional.of(samples.batch()),
              own.experiment.seed());
      if (!evaluator.evaluate(subject, samples)) {
        return Optional.empty();
      }
      Map<String, Double> values = new LinkedHashMap<>();
      found.forEach(each -> values.put(each.measure().name(), each.value()));
      beforeRecording.accept(own.isBest(step, values));
      new EvaluationFiles(own.folder.root()).add(found);
      return Optional.of(values);
    }

    @Override
    public void close() throws IOException {
      evaluator.close();
    }
  }

  /**
   * Returns whether the latest value is the best so far; false if no measure is configured for
   * that, or if its value is not finite.
   */
  private boolean isBest(long step, Map<String, Double> measured) throws IOException {
    Optional<Measure> sought =
        settings().measures().stream()
            .filter(measure -> settings().keepBest().stream().anyMatch(measure.name()::equals))
            .findFirst();
    if (sought.isEmpty()) {
      return false;
    }
    String name = sought.get().name();
    double latest = measured.getOrDefault(name, Double.NaN);
    if (!Double.isFinite(latest)) {
      LOG.log(
          Level.WARNING,
          "step {0} cannot be the best: its {1} is not finite",
          Long.toString(step),
          name);
    }
    Collection<Double> earlier =
        curves().getOrDefault(name, new TreeMap<>()).headMap(step).values();
    return isBest(latest, earlier, sought.get().better());
  }

  /** Returns whether a value is finite and better than all earlier finite ones. */
  static boolean isBest(double latest, Collection<Double> earlier, Better better) {
    double sign = better == Better.LOWER ? 1 : -1;
    return Double.isFinite(latest)
        && earlier.stream()
            .filter(Double::isFinite)
            .noneMatch(value -> sign * value <= sign * latest);
  }
}
