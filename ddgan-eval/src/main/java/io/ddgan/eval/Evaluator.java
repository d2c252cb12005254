package io.ddgan.eval;

import io.ddgan.api.Metric;
import io.ddgan.api.Metric.Measure;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.OpenFeatureExtractor;
import io.ddgan.api.ProgressListener;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Vectors;
import io.ddgan.eval.EvaluationPlan.Task;
import io.ddgan.eval.records.EvaluationFiles;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.eval.records.EvaluationRecord.Comparison;
import io.ddgan.eval.records.EvaluationRecord.Machine;
import io.ddgan.eval.records.EvaluationRecord.Subject;
import io.ddgan.internal.file.WriteCheck;
import io.ddgan.internal.weights.FidStatisticsFile;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.EvaluationSettings;
import io.ddgan.train.sampling.EvaluatedExamples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.commons.io.function.IOFunction;

/**
 * Measures sets of generated examples, such as those of several checkpoints, under equal
 * conditions. Work that the sets share is done once, before the first: opening the extractor and
 * extracting the features of real examples. Each metric's results are recorded as soon as they are
 * known.
 */
public final class Evaluator implements AutoCloseable {

  private final EvaluationSettings settings;
  private final ReferenceData reference;
  private final boolean withFloor;
  private final Optional<Path> saved;
  private final Recorder recorder;
  private final Context context;
  private Optional<EvaluationPlan> plan = Optional.empty();
  private String referenceFingerprint = "";
  private Optional<OpenFeatureExtractor> features = Optional.empty();
  private Optional<RealFeatures> real = Optional.empty();

  /**
   * The environment of evaluations.
   *
   * @param cache folder that outlives the process, created when needed
   * @param text renders a metric on one line: its type and its keys, without its number of samples
   * @param listener is notified of progress
   * @param stop polled regularly; true ends the work early
   */
  public record Context(
      Path cache,
      Readers readers,
      Function<Metric, String> text,
      Machine machine,
      ProgressListener listener,
      BooleanSupplier stop) {}

  /**
   * Records results.
   *
   * @param files files for the results, if they are stored
   * @param skipExisting whether stored results are reused instead of measured again
   * @param found receives all results
   */
  public record Recorder(
      Optional<EvaluationFiles> files, boolean skipExisting, Consumer<EvaluationRecord> found) {

    /** Passes on a metric's stored results; returns false if there are none. */
    private boolean reuse(List<EvaluationRecord> alike) throws IOException {
      List<EvaluationRecord> known =
          skipExisting && files.isPresent() ? files.get().find(alike) : List.of();
      known.forEach(found);
      return !known.isEmpty();
    }

    private void add(List<EvaluationRecord> measured) throws IOException {
      measured.forEach(found);
      if (files.filter(EvaluationFiles::canAdd).isPresent()) {
        files.get().add(measured);
      }
    }
  }

  /**
   * Creates an evaluator.
   *
   * @param reference what generated examples are compared with
   * @param withFloor whether {@link #evaluateRealBaseline} will be called
   * @param saved file for the statistics of the reference, if they are to be saved
   */
  public Evaluator(
      EvaluationSettings settings,
      ReferenceData reference,
      boolean withFloor,
      Optional<Path> saved,
      Recorder recorder,
      Context context) {
    this.settings = settings;
    this.reference = reference;
    this.withFloor = withFloor;
    this.saved = saved;
    this.recorder = recorder;
    this.context = context;
  }

  /**
   * Checks that all metrics can be measured and does the shared work, unless already done.
   *
   * @param generated examples like those that will be evaluated
   * @return false if the work was stopped before it was done
   * @throws RefusedException if a metric or the extractor does not suit the examples; the message
   *     says why
   * @throws IOException if a file cannot be read or written; the message names it
   */
  public boolean prepare(EvaluatedExamples generated) throws IOException {
    if (plan.isPresent()) {
      return true;
    }
    EvaluationPlan all =
        EvaluationPlan.of(
            settings,
            reference,
            generated.size(),
            generated.producer().isPresent(),
            generated::requestedClasses);
    if (saved.isPresent() && reference.moments().isEmpty() && !all.needs(Need.REAL_MOMENTS)) {
      throw new RefusedException(
          "--save-reference needs a metric that uses the statistics, such as fid");
    }
    all.warn(context.listener());
    WriteCheck.requireWithin(context.cache(), "set another folder with --cache");
    try {
      features = all.openNeeded(generated, context);
      if (all.tasks().stream().anyMatch(Task::comparesWithData)) {
        referenceFingerprint = reference.fingerprint();
      }
      if (reference.examples().isPresent()
          && all.tasks().stream().anyMatch(Task::seesRealFeatures)) {
        real =
            RealFeatures.extract(
                all, referenceFingerprint, generated.shape(), features, withFloor, context);
        if (real.isEmpty()) {
          return false;
        }
      }
      if (saved.isPresent()) {
        FidStatisticsFile.write(
            saved.get(), real.flatMap(RealFeatures::moments).or(reference::moments).orElseThrow());
      }
      plan = Optional.of(all);
      return true;
    } catch (CancellationException e) { // stopped while an extractor was trained
      return false;
    } finally {
      if (plan.isEmpty()) {
        close();
      }
    }
  }

  /**
   * Measures examples.
   *
   * @param subject description of the examples; its seed also seeds the metrics
   * @return false if the work was stopped before all was measured
   * @throws RefusedException as {@link #prepare}, or if a metric needs more examples or some are
   *     not finite
   * @throws IOException if a file cannot be read or written; the message names it
   */
  public boolean evaluate(Subject subject, EvaluatedExamples generated) throws IOException {
    if (!prepare(generated)) {
      return false;
    }
    EvaluationPlan rest = unknown(plan.orElseThrow().tasks(), subject);
    return onRows(
        rest, generated, columns -> measure(rest, subject, generated, columns, task -> real));
  }

  /**
   * Measures real examples in place of generated ones, as the score of a perfect generator. To be
   * called after {@link #evaluate}. Each metric compares the last examples of the random order with
   * the others. Metrics that need a generator are skipped.
   *
   * @param seed seed of the metrics
   * @return as {@link #evaluate}
   */
  public boolean evaluateRealBaseline(long seed) throws IOException {
    EvaluatedExamples others = reference.others(context.readers());
    Subject subject = Subject.real(seed);
    List<Task> ofExamples =
        plan.orElseThrow().tasks().stream().filter(task -> !task.needsAny(Need.GENERATOR)).toList();
    EvaluationPlan rest = unknown(ofExamples, subject);
    IOFunction<Task, Optional<RealFeatures>> first =
        task -> {
          boolean withMoments = task.needsAny(Need.REAL_MOMENTS);
          int compared = others.size() - task.samples();
          return real.isEmpty() ? real : Optional.of(real.get().first(compared, withMoments));
        };
    boolean isExtracted =
        real.filter(all -> all.rows().count() == others.size()).isPresent()
            && widths(rest, others).keySet().equals(Set.of(Need.FEATURES));
    if (isExtracted) {
      Vectors last = real.orElseThrow().last(rest.samples());
      return measure(rest, subject, others, column -> last, first);
    }
    return onRows(rest, others, columns -> measure(rest, subject, others, columns, first));
  }

  private EvaluationPlan unknown(List<Task> tasks, Subject subject) throws IOException {
    List<Task> unknown = new ArrayList<>();
    for (Task task : tasks) {
      List<EvaluationRecord> alike =
          task.metric().measures().stream().map(each -> record(subject, task, each, 0)).toList();
      if (!recorder.reuse(alike)) {
        unknown.add(task);
      }
    }
    return new EvaluationPlan(reference, unknown, settings.features());
  }

  /**
   * Extracts the columns of generated examples.
   *
   * @param measuring receives the columns
   */
  private boolean onRows(
      EvaluationPlan rest,
      EvaluatedExamples generated,
      IOFunction<Function<Need, Vectors>, Boolean> measuring)
      throws IOException {
    Map<Need, DiskVectors> columns = new EnumMap<>(Need.class);
    try {
      for (Map.Entry<Need, Integer> each : widths(rest, generated).entrySet()) {
        Path folder = context.cache().resolve("features");
        columns.put(each.getKey(), new DiskVectors(folder, each.getValue()));
      }
      boolean isFull =
          columns.isEmpty()
              || DiskVectors.fill(
                  columns,
                  generated,
                  features,
                  rest.samples(),
                  rest.samples(),
                  "generated examples",
                  context);
      return isFull && measuring.apply(column -> columns.get(column).vectors());
    } catch (CancellationException e) { // the generation was stopped
      return false;
    } finally {
      for (DiskVectors column : columns.values()) {
        column.close();
      }
    }
  }

  /** Returns the columns of generated examples that metrics need, with their widths. */
  private Map<Need, Integer> widths(EvaluationPlan rest, EvaluatedExamples generated) {
    Map<Need, Integer> widths = new EnumMap<>(Need.class);
    widths.put(Need.VALUES, generated.shape().size());
    features.ifPresent(
        function -> {
          widths.put(Need.FEATURES, function.dimension());
          widths.put(Need.PROBABILITIES, function.classes());
        });
    widths.keySet().removeIf(column -> !rest.needs(column));
    return widths;
  }

  private boolean measure(
      EvaluationPlan rest,
      Subject subject,
      EvaluatedExamples generated,
      Function<Need, Vectors> columns,
      IOFunction<Task, Optional<RealFeatures>> compared)
      throws IOException {
    RandomStreams random = new RandomStreams(subject.seed());
    int done = 0;
    for (Task task : rest.tasks()) {
      if (context.stop().getAsBoolean()) {
        return false;
      }
      context.listener().onProgress("metrics", done++, rest.tasks().size());
      Map<String, Double> values =
          task.metric()
              .evaluate(
                  new EvaluationPlan.StoredEvidence(
                      task, reference, generated, columns, compared.apply(task), random));
      recorder.add(
          task.metric().measures().stream()
              .filter(measure -> values.containsKey(measure.name()))
              .map(measure -> record(subject, task, measure, values.get(measure.name())))
              .toList());
    }
    return true;
  }

  /** Returns a record, with the extractor and the reference only if the metric uses them. */
  private EvaluationRecord record(Subject subject, Task task, Measure measure, double value) {
    Optional<OpenFeatureExtractor> seen = task.seesFeatures() ? features : Optional.empty();
    boolean compares = task.comparesWithData();
    Comparison comparison =
        new Comparison(
            seen.map(OpenFeatureExtractor::description).orElse(""),
            seen.map(OpenFeatureExtractor::fingerprint).orElse(""),
            compares ? reference.name() : "",
            compares ? referenceFingerprint : "");
    return new EvaluationRecord(
        subject,
        context.text().apply(task.metric()),
        measure.by(settings.features()),
        value,
        task.samples(),
        comparison,
        context.machine());
  }

  @Override
  public void close() throws IOException {
    features.ifPresent(OpenFeatureExtractor::close);
    features = Optional.empty();
    if (real.isPresent()) {
      real.get().close();
    }
  }
}
