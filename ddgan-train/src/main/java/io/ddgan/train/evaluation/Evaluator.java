package io.ddgan.train.evaluation;

import io.ddgan.api.DataShape;
import io.ddgan.api.Evidence;
import io.ddgan.api.Examples;
import io.ddgan.api.Features;
import io.ddgan.api.Fingerprint;
import io.ddgan.api.Metric;
import io.ddgan.api.Metric.Measure;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.Moments;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Vectors;
import io.ddgan.internal.file.LockedFolder;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.evaluation.EvaluationPlan.Task;
import io.ddgan.train.evaluation.records.EvaluationRecord;
import io.ddgan.train.evaluation.records.EvaluationRecord.Comparison;
import io.ddgan.train.evaluation.records.EvaluationRecord.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.apache.commons.io.function.IOFunction;

/**
 * Measures generated examples. What is long work, features above all, is kept in the cache folder
 * as it is done, and nothing of it is done twice.
 */
public final class Evaluator implements AutoCloseable {

  private final EvaluationPlan plan;
  private final Reference reference;
  private final String referenceFingerprint;
  private final EvaluationContext context;
  private final Optional<Features> features;
  private final Optional<RealFeatures> real;
  private final Unfinished unfinished;

  private Evaluator(
      EvaluationPlan plan,
      Reference reference,
      String referenceFingerprint,
      EvaluationContext context,
      Optional<Features> features,
      Optional<RealFeatures> real,
      Unfinished unfinished) {
    this.plan = plan;
    this.reference = reference;
    this.referenceFingerprint = referenceFingerprint;
    this.context = context;
    this.features = features;
    this.real = real;
    this.unfinished = unfinished;
  }

  /**
   * Checks that all can be measured, and does what the evaluations of several checkpoints share:
   * opens the extractor and extracts the features of real examples.
   *
   * @param reference what generated examples are compared with
   * @param generated examples like those that will be evaluated
   * @param withFloor whether {@link #evaluateFloor} will be called
   * @return nothing if the work was to be stopped before it was done
   * @throws IllegalArgumentException if a metric or the extractor does not suit the examples; the
   *     message says why
   * @throws IOException if a file cannot be read or written; the message names it
   */
  public static Optional<Evaluator> prepare(
      EvaluationSettings settings,
      Reference reference,
      Generated generated,
      boolean withFloor,
      EvaluationContext context)
      throws IOException {
    EvaluationPlan plan = EvaluationPlan.of(settings, reference, generated);
    plan.caution(reference.examples(), context.listener());
    Unfinished unfinished = Unfinished.in(context.cache());
    Optional<Features> features = Optional.empty();
    try {
      features = plan.openNeeded(generated.shape(), reference, context);
      features.ifPresent(
          opened -> plan.cautionOfFewSamples(opened, generated.asked(), context.listener()));
      String fingerprint = plan.comparesWithData() ? reference.fingerprint() : "";
      Optional<RealFeatures> real = Optional.empty();
      if (reference.examples().isPresent() && plan.seesRealFeatures()) {
        real =
            realFeatures(
                plan, reference, fingerprint, generated.shape(), features, withFloor, context);
        if (real.isEmpty()) {
          features.ifPresent(Features::close);
          return Optional.empty();
        }
      }
      return Optional.of(
          new Evaluator(plan, reference, fingerprint, context, features, real, unfinished));
    } catch (CancellationException e) { // an extractor was learning
      features.ifPresent(Features::close);
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      features.ifPresent(Features::close);
      throw e;
    }
  }

  private static void requireComparable(Optional<Features> generated, Features real) {
    if (generated.isPresent() && generated.get().size() != real.size()) {
      throw new RefusedException(
          "%s: a generated example has %d features, but a real one %d; compare with examples of the same size, or choose another extractor with --features"
              .formatted(real.description(), generated.get().size(), real.size()));
    }
  }

  /**
   * The features of the data set, whose shape may be another one.
   *
   * @param shape of generated examples
   * @param ofGenerated their extractor, if there is one
   */
  private static Optional<RealFeatures> realFeatures(
      EvaluationPlan plan,
      Reference reference,
      String fingerprint,
      DataShape shape,
      Optional<Features> ofGenerated,
      boolean withFloor,
      EvaluationContext context)
      throws IOException {
    Examples examples = reference.examples().orElseThrow();
    boolean isAlike = examples.shape().equals(shape);
    boolean withMoments = plan.needs(Need.REAL_MOMENTS);
    // Moments of some are made of their vectors; those of another shape are extracted here only.
    boolean withAll = withFloor && (withMoments || !isAlike);
    int vectors = withAll ? examples.size() : plan.realVectors();
    if (withMoments && ofGenerated.isPresent()) {
      Moments.requireSize(ofGenerated.get().size());
    }
    if (ofGenerated.isPresent() && isAlike) {
      return RealFeatures.extract(examples, fingerprint, ofGenerated.get(), plan, vectors, context);
    }
    try (Features another = plan.open(examples.shape(), reference, context)) {
      requireComparable(ofGenerated, another);
      return RealFeatures.extract(examples, fingerprint, another, plan, vectors, context);
    }
  }

  /**
   * Measures examples. What was extracted of them is kept until all is measured.
   *
   * @param subject what the examples are; metrics draw with its seed
   * @param elsewhere has their rows extracted; if empty, this process extracts them
   * @param recorder is given what each metric gives, and is asked for what is known where
   *     evaluations go on
   * @return whether all was measured, or the work was to be stopped before
   * @throws IllegalArgumentException if there are too few examples for a metric, or some are not
   *     finite
   * @throws IOException if a file cannot be read or written; the message names it
   */
  public boolean evaluate(
      Subject subject, Generated generated, Optional<RowSource> elsewhere, Recorder recorder)
      throws IOException {
    EvaluationPlan rest = unknown(plan.tasks(), subject, recorder);
    return evaluate(
        rest,
        generated,
        elsewhere,
        columns -> measure(rest, subject, generated, columns, task -> real, recorder));
  }

  /**
   * Measures real examples in place of generated ones, which is what a perfect generator would get:
   * each metric sees the last of the order, compared with the others alone.
   *
   * @param seed of what metrics draw
   * @param recorder is given what each metric gives that does not look at a generator at work
   * @return as {@link #evaluate}
   */
  public boolean evaluateFloor(long seed, Recorder recorder) throws IOException {
    Generated others = GivenExamples.others(reference.examples().orElseThrow(), context.readers());
    List<Task> ofExamples =
        plan.tasks().stream().filter(task -> !task.needsAny(Need.GENERATOR)).toList();
    Subject subject = Subject.real(seed);
    EvaluationPlan rest = unknown(ofExamples, subject, recorder);
    IOFunction<Task, Optional<RealFeatures>> first = task -> allBut(task, others.size());
    boolean isExtracted =
        real.filter(all -> all.count() == others.size()).isPresent()
            && rest.columns(others, features).keySet().equals(Set.of(Need.FEATURES));
    if (isExtracted) {
      Vectors last = real.orElseThrow().last(rest.samples());
      return measure(rest, subject, others, column -> last, first, recorder);
    }
    return evaluate(
        rest,
        others,
        Optional.empty(),
        columns -> measure(rest, subject, others, columns, first, recorder));
  }

  /** What a task's real examples are compared with if they are in place of generated ones. */
  private Optional<RealFeatures> allBut(Task task, int size) throws IOException {
    return real.isEmpty()
        ? Optional.empty()
        : Optional.of(real.get().first(size - task.samples(), task.needsAny(Need.REAL_MOMENTS)));
  }

  private EvaluationPlan unknown(List<Task> tasks, Subject subject, Recorder recorder)
      throws IOException {
    if (!context.resume()) {
      return plan.only(tasks);
    }
    List<Task> unknown = new ArrayList<>();
    for (Task task : tasks) {
      List<EvaluationRecord> alike =
          task.metric().measures().stream().map(each -> record(subject, task, each, 0)).toList();
      if (!recorder.handOnKnown(alike)) {
        unknown.add(task);
      }
    }
    return plan.only(unknown);
  }

  /**
   * Extracts what is not known of generated examples.
   *
   * @param measuring is given the columns of what is known then
   */
  private boolean evaluate(
      EvaluationPlan rest,
      Generated generated,
      Optional<RowSource> elsewhere,
      IOFunction<Function<Need, Vectors>, Boolean> measuring)
      throws IOException {
    Map<Need, Integer> columns = rest.columns(generated, features);
    if (columns.isEmpty()) {
      return measuring.apply(
          column -> {
            throw new IllegalStateException("no metric needs " + column);
          });
    }
    Extraction extraction = new Extraction(generated, features, context);
    String name = new Fingerprint().add(extraction.fingerprint()).add(columns.toString()).hex();
    try (RowStore store = RowStore.open(unfinished.add(name), columns, context.resume())) {
      boolean isFull =
          elsewhere.isPresent()
              ? extraction.gather(store, rest.samples(), elsewhere.get(), parts(name))
              : extraction.fill(store, rest.samples());
      store.commit();
      if (!isFull || !measuring.apply(store::vectors)) {
        return false;
      }
    } catch (RefusedException e) {
      forget(); // they are of no use: some are not finite, or of another kind than they should be
      throw e;
    }
    forget();
    return true;
  }

  private Path parts(String name) throws IOException {
    Path parts = unfinished.add(name + "-parts");
    if (!context.resume()) {
      LockedFolder.deleteUnlessLocked(parts);
    }
    return parts;
  }

  private boolean measure(
      EvaluationPlan rest,
      Subject subject,
      Generated generated,
      Function<Need, Vectors> columns,
      IOFunction<Task, Optional<RealFeatures>> compared,
      Recorder recorder)
      throws IOException {
    RandomStreams random = new RandomStreams(subject.seed());
    int done = 0;
    for (Task task : rest.tasks()) {
      if (context.stop().getAsBoolean()) {
        return false;
      }
      context.listener().advanced("metrics", done++, rest.tasks().size());
      Map<String, Double> values =
          task.metric()
              .evaluate(
              new StoredEvidence(
                  task, reference, generated, columns, compared.apply(task), random));
      requireKnown(values.keySet(), task);
      recorder.add(
          task.metric().measures().stream()
              .filter(measure -> values.containsKey(measure.name()))
              .map(measure -> record(subject, task, measure, values.get(measure.name())))
              .toList());
    }
    return true;
  }

  private static void requireKnown(Set<String> names, Task task) {
    List<String> known = task.metric().measures().stream().map(Measure::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalStateException("the metric %s gives '%s', which is not among its measures %s"
                .formatted(task.name(), name, known));
      }
    }
  }

  private EvaluationRecord record(Subject subject, Task task, Measure measure, double value) {
    return new EvaluationRecord(
        subject,
        context.text().apply(task.metric()),
        measure,
        value,
        task.samples(),
        comparison(task),
        context.machine());
  }

  /** Of the extractor and of what is compared with, only what the metric sees. */
  private Comparison comparison(Task task) {
    Optional<Features> seen = task.seesFeatures() ? features : Optional.empty();
    boolean compares = task.comparesWithData();
    return new Comparison(
        seen.map(Features::description).orElse(""),
        seen.map(Features::fingerprint).orElse(""),
        compares ? reference.name() : "",
        compares ? referenceFingerprint : "");
  }

  /** Removes what only evaluations that are not finished need: the features of all so far. */
  public void forget() throws IOException {
    unfinished.forget();
  }

  /** Mean and covariance of the features of the data set, if any metric needs them. */
  public Optional<Moments> realMoments() {
    return real.flatMap(RealFeatures::moments);
  }

  @Override
  public void close() throws IOException {
    features.ifPresent(Features::close);
    if (real.isPresent()) {
      real.get().close();
    }
  }
}
