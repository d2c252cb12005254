package io.ddgan.train.evaluation;

import io.ddgan.api.Answers;
import io.ddgan.api.DataShape;
import io.ddgan.api.Evidence;
import io.ddgan.api.Examples;
import io.ddgan.api.FeatureExtractor;
import io.ddgan.api.Features;
import io.ddgan.api.Fingerprint;
import io.ddgan.api.Labels;
import io.ddgan.api.Metric;
import io.ddgan.api.Metric.Measure;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.Moments;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Vectors;
import io.ddgan.api.WorkListener;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.evaluation.EvaluationPlan.Task;
import io.ddgan.train.evaluation.RealFeatures.Wanted;
import io.ddgan.train.evaluation.RowStore.Column;
import io.ddgan.train.evaluation.records.EvaluationRecord.Comparison;
import io.ddgan.train.evaluation.records.EvaluationRecord.Result;
import java.io.IOException;
import java.nio.file.Files;
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
    caution(plan, reference.examples(), context.listener());
    Unfinished unfinished = Unfinished.in(context.cache());
    Optional<Features> features = Optional.empty();
    try {
      features = openNeeded(plan, settings, generated.shape(), reference, context);
      requireFitting(plan, features, reference);
      features.ifPresent(
          opened -> warnOfFewSamples(plan, opened, generated.asked(), context.listener()));
      String fingerprint = plan.comparesWithData() ? reference.fingerprint() : "";
      Optional<RealFeatures> real = Optional.empty();
      if (reference.examples().isPresent() && plan.seesRealFeatures()) {
        boolean withMoments = plan.needs(Need.REAL_MOMENTS);
        boolean byClass = plan.needs(Need.REAL_FEATURES_BY_CLASS);
        Examples examples = reference.examples().get();
        boolean isAlike = examples.shape().equals(generated.shape());
        // Moments of some are made of their vectors; those of another shape are extracted here
        // only.
        boolean withAll = withFloor && (withMoments || !isAlike);
        int vectors = withAll ? examples.size() : plan.realVectors();
        Wanted wanted = new Wanted(vectors, withMoments, byClass);
        real = realFeatures(settings, wanted, reference, fingerprint, generated, features, context);
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

  /** The extractor, if a metric needs it. */
  static Optional<Features> openNeeded(
      EvaluationPlan plan,
      EvaluationSettings settings,
      DataShape shape,
      Reference reference,
      EvaluationContext context)
      throws IOException {
    return plan.needs(Need.FEATURES, Need.PROBABILITIES)
        ? Optional.of(open(settings, shape, reference, context))
        : Optional.empty();
  }

  private static Features open(
      EvaluationSettings settings, DataShape shape, Reference reference, EvaluationContext context)
      throws IOException {
    try {
      FeatureExtractor extractor = settings.features();
      return CheckedFeatures.of(
          Answers.of(
              extractor,
              "open",
              extractor.open(
                  shape,
                  reference.examples(),
                  context.cache(),
                  context.listener(),
                  context.stop())));
    } catch (IllegalArgumentException e) {
      throw RefusedException.of(e);
    }
  }

  private static void requireFitting(
      EvaluationPlan plan, Optional<Features> features, Reference reference) {
    for (Task task : plan.tasks()) {
      if (task.needs().contains(Need.PROBABILITIES) && features.orElseThrow().classes() == 0) {
        throw new RefusedException(
            "%s %s; choose another extractor with --features"
                .formatted(task.withoutProbabilities(), features.get().description()));
      }
    }
    Optional<Integer> size = reference.moments().map(Moments::size);
    if (size.isPresent() && features.isPresent() && size.get() != features.get().size()) {
      throw new RefusedException(
          "%s has statistics of %d features, but %s gives %d; they must come from the same extractor"
              .formatted(
                  reference.name(),
                  size.get(),
                  features.get().description(),
                  features.get().size()));
    }
  }

  private static void caution(EvaluationPlan plan, Optional<Examples> real, WorkListener listener) {
    for (Task task : plan.tasks()) {
      Answers.of(task.metric(), "caution", task.metric().caution(task.samples(), real))
          .ifPresent(
              caution -> listener.announced("caution: %s: %s".formatted(task.name(), caution)));
    }
  }

  /** A covariance of fewer vectors than dimensions is singular, which shows in the distance. */
  private static void warnOfFewSamples(
      EvaluationPlan plan, Features features, Optional<Labels> asked, WorkListener listener) {
    for (Task task : plan.tasks()) {
      boolean isByClass = task.needs().contains(Need.REAL_FEATURES_BY_CLASS);
      int samples = task.samples() / (isByClass ? asked.map(Labels::classes).orElse(1) : 1);
      if (task.needsAny(Need.REAL_MOMENTS, Need.REAL_FEATURES_BY_CLASS)
          && samples < features.size()) {
        listener.announced(
            "caution: %s of only %,d samples%s, fewer than the %,d features that it compares, comes out too high; take more, or compare it with values of as many samples only"
                .formatted(task.name(), samples, isByClass ? " of a class" : "", features.size()));
      }
    }
  }

  private static void requireComparable(Optional<Features> generated, Features real) {
    if (generated.isPresent() && generated.get().size() != real.size()) {
      throw new RefusedException(
          "%s: a generated example has %d features, but a real one %d; compare with examples of the same size, or choose another extractor with --features"
              .formatted(real.description(), generated.get().size(), real.size()));
    }
  }

  /** An extractor may have to be opened for each shape. */
  private static Optional<RealFeatures> realFeatures(
      EvaluationSettings settings,
      Wanted wanted,
      Reference reference,
      String fingerprint,
      Generated generated,
      Optional<Features> features,
      EvaluationContext context)
      throws IOException {
    Examples examples = reference.examples().orElseThrow();
    if (wanted.withMoments() && features.isPresent()) {
      Moments.requireSize(features.get().size());
    }
    if (features.isPresent() && examples.shape().equals(generated.shape())) {
      return RealFeatures.extract(examples, fingerprint, features.get(), wanted, context);
    }
    try (Features another = open(settings, examples.shape(), reference, context)) {
      requireComparable(features, another);
      return RealFeatures.extract(examples, fingerprint, another, wanted, context);
    }
  }

  /**
   * Measures examples.
   *
   * @param elsewhere has their rows extracted; if empty, this process extracts them
   * @param random draws what metrics draw
   * @param resume whether the features that an earlier, unfinished evaluation of the same examples
   *     has left are used
   * @param recorder is given what each metric gives
   * @return whether all was measured, or the work was to be stopped before
   * @throws IllegalArgumentException if there are too few examples for a metric, or some are not
   *     finite
   * @throws IOException if a file cannot be read or written; the message names it
   */
  public boolean evaluate(
      Generated generated,
      Optional<RowSource> elsewhere,
      RandomStreams random,
      boolean resume,
      Recorder recorder)
      throws IOException {
    EvaluationPlan rest = unknown(plan.tasks(), recorder);
    return evaluate(
        rest,
        generated,
        elsewhere,
        resume,
        columns -> measure(rest, generated, columns, task -> real, random, recorder));
  }

  /**
   * Measures real examples in place of generated ones, which is what a perfect generator would get:
   * each metric sees the last of the order, compared with the others alone.
   *
   * @param random draws what metrics draw
   * @param resume as in {@link #evaluate}
   * @param recorder is given what each metric gives that does not look at a generator at work
   * @return as {@link #evaluate}
   */
  public boolean evaluateFloor(RandomStreams random, boolean resume, Recorder recorder)
      throws IOException {
    Generated others = GivenExamples.others(reference.examples().orElseThrow(), context.readers());
    List<Task> ofExamples =
        plan.tasks().stream().filter(task -> !task.needsAny(Need.GENERATOR)).toList();
    EvaluationPlan rest = unknown(ofExamples, recorder);
    IOFunction<Task, Optional<RealFeatures>> first = task -> allBut(task, others.size());
    boolean isExtracted =
        real.filter(all -> all.count() == others.size()).isPresent()
            && rest.columns(others, features).keySet().equals(Set.of(Column.FEATURES));
    if (isExtracted) {
      Vectors last = real.orElseThrow().last(rest.samples());
      return measure(rest, others, column -> last, first, random, recorder);
    }
    return evaluate(
        rest,
        others,
        Optional.empty(),
        resume,
        columns -> measure(rest, others, columns, first, random, recorder));
  }

  /** What a task's real examples are compared with if they are in place of generated ones. */
  private Optional<RealFeatures> allBut(Task task, int size) throws IOException {
    return real.isEmpty()
        ? Optional.empty()
        : Optional.of(real.get().first(size - task.samples(), task.needsAny(Need.REAL_MOMENTS)));
  }

  private EvaluationPlan unknown(List<Task> tasks, Recorder recorder) throws IOException {
    List<Task> unknown = new ArrayList<>();
    for (Task task : tasks) {
      if (!recorder.knows(task.metric(), comparison(task), task.samples())) {
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
      boolean resume,
      IOFunction<Function<Column, Vectors>, Boolean> measuring)
      throws IOException {
    Map<Column, Integer> columns = rest.columns(generated, features);
    if (columns.isEmpty()) {
      return measuring.apply(
          column -> {
            throw new IllegalStateException("no metric needs " + column);
          });
    }
    String name = name(generated, columns);
    try (RowStore store = RowStore.open(unfinished.add(name), columns, resume)) {
      Rows rows = new Rows(generated, features, columns);
      boolean isFull =
          elsewhere.isPresent()
              ? rows.gather(
                  store, rest.samples(), elsewhere.get(), parts(name, resume), context.listener())
              : new Extraction(generated, 0, features, context)
                  .fill(store, rest.samples(), Rows.GENERATED);
      store.commit();
      return isFull && measuring.apply(store::vectors);
    } catch (IllegalArgumentException e) {
      forget(); // they are of no use: some are not finite, or of another kind than they should be
      throw e;
    }
  }

  private Path parts(String name, boolean resume) throws IOException {
    Path parts = unfinished.add(name + "-parts");
    if (!resume && Files.exists(parts)) {
      RowStore.delete(parts);
    }
    return parts;
  }

  private String name(Generated generated, Map<Column, Integer> columns) throws IOException {
    return new Fingerprint()
        .add(Rows.fingerprint(generated, features))
        .add(columns.toString())
        .hex();
  }

  private boolean measure(
      EvaluationPlan rest,
      Generated generated,
      Function<Column, Vectors> columns,
      IOFunction<Task, Optional<RealFeatures>> compared,
      RandomStreams random,
      Recorder recorder)
      throws IOException {
    int done = 0;
    for (Task task : rest.tasks()) {
      if (context.stop().getAsBoolean()) {
        return false;
      }
      context.listener().advanced("metrics", done++, rest.tasks().size());
      Map<String, Double> values =
          evaluate(
              task.metric(),
              new StoredEvidence(
                  task, reference, generated, columns, compared.apply(task), random));
      requireKnown(values.keySet(), task);
      List<Result> results = new ArrayList<>();
      for (Measure measure : task.metric().measures()) {
        if (values.containsKey(measure.name())) {
          results.add(new Result(measure, values.get(measure.name()), task.samples()));
        }
      }
      recorder.measured(task.metric(), comparison(task), results);
    }
    return true;
  }

  private static Map<String, Double> evaluate(Metric metric, Evidence evidence) throws IOException {
    try {
      Map<String, Double> values = Answers.of(metric, "evaluate", metric.evaluate(evidence));
      Answers.allOf(metric, "evaluate", values.values());
      return values;
    } catch (IllegalArgumentException e) {
      throw RefusedException.of(e);
    }
  }

  private static void requireKnown(Set<String> names, Task task) {
    List<String> known = task.metric().measures().stream().map(Measure::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw Answers.fault(
            task.metric(),
            "evaluate",
            "the metric %s gives '%s', which is none of its measures %s"
                .formatted(task.name(), name, known));
      }
    }
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

  /** Removes what only an evaluation that is not finished needs: the features of all so far. */
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
