package io.ddgan.train.evaluation;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.Features;
import io.ddgan.api.Fingerprint;
import io.ddgan.api.Metric.Measure;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.Moments;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.evaluation.Plan.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Measures generated examples. What is long work, features above all, is kept in the cache folder
 * as it is done, and nothing of it is done twice.
 */
public final class Evaluator implements AutoCloseable {

  private final Plan plan;
  private final Reference reference;
  private final String referenceFingerprint;
  private final Workplace workplace;
  private final Optional<Features> features;
  private final Optional<RealFeatures> real;
  private final Set<Path> unfinished = new LinkedHashSet<>();

  private Evaluator(
      Plan plan,
      Reference reference,
      String referenceFingerprint,
      Workplace workplace,
      Optional<Features> features,
      Optional<RealFeatures> real) {
    this.plan = plan;
    this.reference = reference;
    this.referenceFingerprint = referenceFingerprint;
    this.workplace = workplace;
    this.features = features;
    this.real = real;
  }

  /**
   * Checks that all can be measured, and does what the evaluations of several checkpoints share:
   * opens the extractor and extracts the features of real examples.
   *
   * @param reference what generated examples are compared with
   * @param generated examples like those that will be evaluated
   * @return nothing if the work was to be stopped before it was done
   * @throws IllegalArgumentException if a metric or the extractor does not suit the examples; the
   *     message says why
   * @throws IOException if a file cannot be read or written; the message names it
   */
  public static Optional<Evaluator> prepare(
      EvaluationSettings settings, Reference reference, Generated generated, Workplace workplace)
      throws IOException {
    Plan plan = Plan.of(settings, reference, generated);
    Files.createDirectories(workplace.cache());
    boolean onGenerated = plan.needs(Need.FEATURES, Need.PROBABILITIES);
    Optional<Features> features =
        onGenerated
            ? Optional.of(open(settings, generated.shape(), reference, workplace))
            : Optional.empty();
    try {
      requireFitting(plan, features, reference);
      String fingerprint = plan.comparesWithData() ? reference.fingerprint() : "";
      Optional<RealFeatures> real = Optional.empty();
      if (reference.examples().isPresent() && plan.needs(Need.REAL_FEATURES, Need.REAL_MOMENTS)) {
        real = realFeatures(settings, plan, reference, fingerprint, generated, features, workplace);
        if (real.isEmpty()) {
          features.ifPresent(Features::close);
          return Optional.empty();
        }
      }
      return Optional.of(new Evaluator(plan, reference, fingerprint, workplace, features, real));
    } catch (IOException | RuntimeException e) {
      features.ifPresent(Features::close);
      throw e;
    }
  }

  private static Features open(
      EvaluationSettings settings, DataShape shape, Reference reference, Workplace workplace)
      throws IOException {
    return settings.features().open(shape, reference.examples(), workplace.cache());
  }

  private static void requireFitting(Plan plan, Optional<Features> features, Reference reference) {
    for (Task task : plan.tasks()) {
      if (task.needs().contains(Need.PROBABILITIES) && features.orElseThrow().classes() == 0) {
        throw new IllegalArgumentException(
            "%s needs the probabilities of classes, which %s does not give; choose another extractor with --features"
                .formatted(task.name(), features.get().description()));
      }
    }
    Optional<Integer> size = reference.moments().map(Moments::size);
    if (size.isPresent() && features.isPresent() && size.get() != features.get().size()) {
      throw new IllegalArgumentException(
          "%s has statistics of %d features, but %s gives %d; they must come from the same extractor"
              .formatted(
                  reference.name(),
                  size.get(),
                  features.get().description(),
                  features.get().size()));
    }
  }

  /** An extractor may have to be opened for each shape. */
  private static Optional<RealFeatures> realFeatures(
      EvaluationSettings settings,
      Plan plan,
      Reference reference,
      String fingerprint,
      Generated generated,
      Optional<Features> features,
      Workplace workplace)
      throws IOException {
    Examples examples = reference.examples().orElseThrow();
    boolean withMoments = plan.needs(Need.REAL_MOMENTS);
    if (features.isPresent() && examples.shape().equals(generated.shape())) {
      return RealFeatures.extract(
          examples, fingerprint, features.get(), plan.realVectors(), withMoments, workplace);
    }
    try (Features another = open(settings, examples.shape(), reference, workplace)) {
      return RealFeatures.extract(
          examples, fingerprint, another, plan.realVectors(), withMoments, workplace);
    }
  }

  /**
   * Measures examples.
   *
   * @param random draws what metrics draw
   * @param resume whether the features that an earlier, unfinished evaluation of the same examples
   *     has left are used
   * @return nothing if the work was to be stopped before it was done
   * @throws IllegalArgumentException if there are too few examples for a metric, or some are not
   *     finite
   * @throws IOException if a file cannot be read or written; the message names it
   */
  public Optional<List<Result>> evaluate(Generated generated, RandomStreams random, boolean resume)
      throws IOException {
    Map<Column, Integer> columns =
        plan.columns(
            generated.shape().size(),
            features.map(Features::size).orElse(0),
            features.map(Features::classes).orElse(0));
    if (columns.isEmpty()) {
      return Optional.of(measure(generated, Optional.empty(), random));
    }
    Path folder = unfinished(generated, columns);
    unfinished.add(folder);
    try (RowStore store = RowStore.open(folder, columns, resume)) {
      boolean isFull =
          new Extraction(generated, features, workplace)
              .fill(store, plan.samples(), "generated examples");
      store.commit();
      if (!isFull) {
        return Optional.empty();
      }
      return Optional.of(measure(generated, Optional.of(store), random));
    }
  }

  private Path unfinished(Generated generated, Map<Column, Integer> columns) throws IOException {
    Fingerprint name = new Fingerprint().add(generated.fingerprint()).add(columns.toString());
    features.ifPresent(function -> name.add(function.fingerprint()));
    return workplace.cache().resolve("unfinished").resolve(name.hex());
  }

  private List<Result> measure(Generated generated, Optional<RowStore> store, RandomStreams random)
      throws IOException {
    List<Result> results = new ArrayList<>();
    int done = 0;
    for (Task task : plan.tasks()) {
      workplace.listener().advanced("metrics", done++, plan.tasks().size());
      Map<String, Double> values =
          task.metric()
              .evaluate(new StoredEvidence(task, reference, generated, store, real, random));
      for (Measure measure : task.metric().measures()) {
        if (values.containsKey(measure.name())) {
          results.add(new Result(measure, values.get(measure.name()), task.samples()));
        }
      }
    }
    return results;
  }

  /** Removes what only an evaluation that is not finished needs: the features of all so far. */
  public void forget() throws IOException {
    for (Path folder : unfinished) {
      RowStore.delete(folder);
    }
    unfinished.clear();
  }

  /** The extractor, if any metric needs it. */
  public Optional<Features> features() {
    return features;
  }

  /** Identifies what is compared with; empty if no metric compares with anything. */
  public String referenceFingerprint() {
    return referenceFingerprint;
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
