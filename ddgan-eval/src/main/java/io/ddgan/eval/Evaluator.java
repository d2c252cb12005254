package io.ddgan.eval;

import io.ddgan.api.Features;
import io.ddgan.api.Metric;
import io.ddgan.api.Metric.Measure;
import io.ddgan.api.Metric.Need;
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
 * Measures sets of generated examples in the same way, such as those of several checkpoints. What
 * the sets share is done once, before the first: the extractor is opened and the features of real
 * examples are extracted. What a metric gives is recorded as soon as it is known.
 */
public final class Evaluator implements AutoCloseable {

  private final EvaluationSettings settings;
  private final Reference reference;
  private final boolean withFloor;
  private final Optional<Path> saved;
  private final Recorder recorder;
  private final Context context;
  private Optional<EvaluationPlan> plan = Optional.empty();
  private String referenceFingerprint = "";
  private Optional<Features> features = Optional.empty();
  private Optional<RealFeatures> real = Optional.empty();

  /**
   * What evaluations work with.
   *
   * @param cache folder that outlives the process, made where needed
   * @param text writes a metric on one line: its type and its keys, without its number of samples
   * @param listener follows the work
   * @param stop asked now and then; true ends the work early
   */
  public record Context(
      Path cache,
      Readers readers,
      Function<Metric, String> text,
      Machine machine,
      ProgressListener listener,
      BooleanSupplier stop) {}

  /**
   * Takes down numbers.
   *
   * @param files where they are kept, if anywhere
   * @param skipExisting whether numbers that are there are taken instead of measured again
   * @param found is given all numbers
   */
  public record Recorder(
      Optional<EvaluationFiles> files, boolean skipExisting, Consumer<EvaluationRecord> found) {

    /** Hands on what a metric gave before; false if nothing of it is known. */
    private boolean handOnKnown(List<EvaluationRecord> alike) throws IOException {
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
   * An evaluator that has done nothing yet.
   *
   * @param reference what generated examples are compared with
   * @param withFloor whether {@link #evaluateRealBaseline} will be called
   * @param saved where to write the statistics of what is compared with, if anywhere
   */
  public Evaluator(
      EvaluationSettings settings,
      Reference reference,
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
   * Checks that all can be measured, and does what the sets share, unless it is done.
   *
   * @param generated examples like those that will be evaluated
   * @return whether it is done, or the work was to be stopped before
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
            generated::asked);
    if (saved.isPresent() && reference.moments().isEmpty() && !all.needs(Need.REAL_MOMENTS)) {
      throw new RefusedException(
          "--save-reference goes with a metric that needs the statistics, such as fid");
    }
    all.caution(context.listener());
    WriteCheck.requireWithin(context.cache(), "name another cache with --cache");
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
    } catch (CancellationException e) { // an extractor was learning
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
   * @param subject what the examples are; metrics draw with its seed
   * @return whether all was measured, or the work was to be stopped before
   * @throws RefusedException as {@link #prepare} does, or if there are too few examples for a
   *     metric, or some are not finite
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
   * Measures real examples in place of generated ones, after others were measured: what a perfect
   * generator would get. Each metric sees the last of the order, compared with the others alone.
   * Metrics that look at a generator at work are left out.
   *
   * @param seed of what metrics draw
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
      if (!recorder.handOnKnown(alike)) {
        unknown.add(task);
      }
    }
    return new EvaluationPlan(reference, unknown, settings.features());
  }

  /**
   * Extracts what metrics see of generated examples.
   *
   * @param measuring is given its columns
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
    } catch (CancellationException e) { // what generates was stopped
      return false;
    } finally {
      for (DiskVectors column : columns.values()) {
        column.close();
      }
    }
  }

  /** The columns that metrics see of generated examples, and how many numbers these have. */
  private Map<Need, Integer> widths(EvaluationPlan rest, EvaluatedExamples generated) {
    Map<Need, Integer> widths = new EnumMap<>(Need.class);
    widths.put(Need.VALUES, generated.shape().size());
    features.ifPresent(
        function -> {
          widths.put(Need.FEATURES, function.size());
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

  /** Of the extractor and of what is compared with, it says only what the metric sees. */
  private EvaluationRecord record(Subject subject, Task task, Measure measure, double value) {
    Optional<Features> seen = task.seesFeatures() ? features : Optional.empty();
    boolean compares = task.comparesWithData();
    Comparison comparison =
        new Comparison(
            seen.map(Features::description).orElse(""),
            seen.map(Features::fingerprint).orElse(""),
            compares ? reference.name() : "",
            compares ? referenceFingerprint : "");
    return new EvaluationRecord(
        subject,
        context.text().apply(task.metric()),
        measure,
        value,
        task.samples(),
        comparison,
        context.machine());
  }

  @Override
  public void close() throws IOException {
    features.ifPresent(Features::close);
    features = Optional.empty();
    if (real.isPresent()) {
      real.get().close();
    }
  }
}
