package io.ddgan.eval;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.FeatureExtractor;
import io.ddgan.api.Features;
import io.ddgan.api.Labels;
import io.ddgan.api.Metric;
import io.ddgan.api.Metric.Measure;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.Moments;
import io.ddgan.api.RefusedException;
import io.ddgan.api.WorkListener;
import io.ddgan.train.experiment.EvaluationSettings;
import io.ddgan.train.sampling.Generated;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the metrics of an evaluation must see, checked before any slow work, and what extracts it.
 */
public final class EvaluationPlan {

  /**
   * A metric's share.
   *
   * @param samples generated examples that it is given
   */
  record Task(Metric metric, Set<Need> needs, int samples) {

    /** What an error calls the metric. */
    String name() {
      return metric.measures().stream().map(Measure::name).findFirst().orElse("a metric");
    }

    /** What is wrong where the features that follow come without the probabilities it needs. */
    String withoutProbabilities() {
      return name() + " needs the probabilities of classes, which do not come with";
    }

    /** Whether it needs one of these. */
    boolean needsAny(Need... any) {
      return Stream.of(any).anyMatch(needs::contains);
    }

    /** Whether it sees what an extractor makes of examples. */
    boolean seesFeatures() {
      return needsAny(Need.FEATURES, Need.PROBABILITIES) || seesRealFeatures();
    }

    /** Whether it sees what an extractor makes of real examples. */
    boolean seesRealFeatures() {
      return needsAny(Need.REAL_FEATURES, Need.REAL_FEATURES_BY_CLASS, Need.REAL_MOMENTS);
    }

    /** Whether it compares with what is real. */
    boolean comparesWithData() {
      return needsAny(Need.REAL) || seesRealFeatures();
    }
  }

  private final List<Task> tasks;
  private final FeatureExtractor extractor;

  private EvaluationPlan(List<Task> tasks, FeatureExtractor extractor) {
    this.tasks = tasks;
    this.extractor = extractor;
  }

  /**
   * Where generated examples come from.
   *
   * @param most how many there can be
   * @param isRun whether a generator makes them
   * @param asked gives the classes that they are asked for, if they are
   */
  private record Source(int most, boolean isRun, Supplier<Optional<Labels>> asked) {}

  /**
   * Asks the metrics.
   *
   * @throws IllegalArgumentException if one of them cannot be given what it needs; the message says
   *     what it is
   */
  static EvaluationPlan of(EvaluationSettings settings, Reference reference, Generated generated) {
    boolean isRun = generated.producer().isPresent();
    return of(settings, reference, new Source(generated.size(), isRun, generated::asked));
  }

  /**
   * Asks the metrics of a run, which generates as many examples as they want.
   *
   * @param isConditional tells whether its generator looks at the classes of its data
   * @throws IllegalArgumentException as the other does
   */
  static EvaluationPlan ofRun(
      EvaluationSettings settings, Reference reference, BooleanSupplier isConditional) {
    Supplier<Optional<Labels>> asked =
        () ->
            isConditional.getAsBoolean()
                ? reference.examples().flatMap(Examples::labels)
                : Optional.empty();
    return of(settings, reference, new Source(Integer.MAX_VALUE, true, asked));
  }

  private static EvaluationPlan of(
      EvaluationSettings settings, Reference reference, Source source) {
    if (settings.metrics().isEmpty()) {
      throw new RefusedException(
          "nothing is to be measured; name metrics with --metrics or evaluation.metrics, see: ddgan list");
    }
    if (settings.samples().orElse(0) > source.most()) {
      throw new RefusedException(
          "there are only %,d examples, not %,d; ask for fewer"
              .formatted(source.most(), settings.samples().get()));
    }
    List<Task> tasks =
        settings.metrics().stream()
            .map(metric -> task(metric, settings, reference, source))
            .toList();
    return new EvaluationPlan(tasks, settings.features());
  }

  /**
   * What a metric needs.
   *
   * @throws RefusedException if it does not apply to the data
   */
  static Set<Need> needs(Metric metric, Optional<Examples> data) {
    try {
      return Set.copyOf(metric.needs(data));
    } catch (IllegalArgumentException e) {
      throw RefusedException.of(e);
    }
  }

  /** Generated examples that a metric is given, if there are as many; 0 if it looks at none. */
  static int samples(Metric metric, EvaluationSettings settings) {
    return metric.samples() == 0 ? 0 : settings.samples().orElse(metric.samples());
  }

  /** Most generated examples that any metric is given, if there are as many. */
  public static int samples(EvaluationSettings settings) {
    return settings.metrics().stream().mapToInt(m -> samples(m, settings)).max().orElse(0);
  }

  private static Task task(
      Metric metric, EvaluationSettings settings, Reference reference, Source source) {
    Set<Need> needs = needs(metric, reference.examples());
    Task task = new Task(metric, needs, Math.min(samples(metric, settings), source.most()));
    if (needs.contains(Need.GENERATOR) && !source.isRun()) {
      throw new RefusedException(
          task.name() + " is measured on a run, not on examples that are there already");
    }
    if (needs.contains(Need.ASKED)) {
      requireAsked(task, reference, source);
    }
    boolean hasData = reference.examples().isPresent();
    if (!hasData && task.needsAny(Need.REAL, Need.REAL_FEATURES, Need.REAL_FEATURES_BY_CLASS)) {
      throw new RefusedException(
          "%s needs the data set that is compared with%s; name one with --reference"
              .formatted(
                  task.name(), reference.moments().isPresent() ? ", not only its statistics" : ""));
    }
    if (!hasData && needs.contains(Need.REAL_MOMENTS) && reference.moments().isEmpty()) {
      throw new RefusedException(
          task.name() + " needs something to compare with; name it with --reference");
    }
    requireEnough(task, reference);
    return task;
  }

  private static void requireAsked(Task task, Reference reference, Source source) {
    int asked =
        source
            .asked()
            .get()
            .map(Labels::classes)
            .orElseThrow(
                () ->
                    new RefusedException(
                        "%s is measured on a run whose generator looks at classes; train one with generator.class-conditional = true and discriminator.class-conditional = true"
                            .formatted(task.name())));
    int known = reference.examples().flatMap(Examples::labels).map(Labels::classes).orElse(asked);
    if (known != asked) {
      throw new RefusedException(
          "%s compares classes, of which the run has %,d, but %s has %,d; compare with the data that the run was trained on"
              .formatted(task.name(), asked, reference.name(), known));
    }
  }

  private static void requireEnough(Task task, Reference reference) {
    int least = task.metric().least(reference.examples());
    if (task.metric().samples() > 0 && task.samples() < least) {
      throw new RefusedException(
          "%s needs at least %,d generated examples, not %,d"
              .formatted(task.name(), least, task.samples()));
    }
    int real = reference.examples().map(Examples::size).orElse(Integer.MAX_VALUE);
    if (task.needs().contains(Need.REAL_FEATURES)) {
      real = Math.min(real, task.samples());
    }
    if (task.needsAny(Need.REAL_FEATURES, Need.REAL_MOMENTS) && real < least) {
      throw new RefusedException(
          "%s needs at least %,d real examples to compare with, not %,d"
              .formatted(task.name(), least, real));
    }
  }

  /** Announces what the metrics warn of. */
  void caution(Optional<Examples> real, WorkListener listener) {
    for (Task task : tasks) {
      task.metric()
          .caution(task.samples(), real)
          .ifPresent(
              caution -> listener.announced("caution: %s: %s".formatted(task.name(), caution)));
    }
  }

  /** A covariance of fewer vectors than dimensions is singular, which shows in the distance. */
  void cautionOfFewSamples(Features features, Optional<Labels> asked, WorkListener listener) {
    for (Task task : tasks) {
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

  /**
   * The extractor of generated examples, if a metric needs it.
   *
   * @throws RefusedException if it does not suit the examples, what they are compared with, or the
   *     metrics
   */
  Optional<Features> openNeeded(DataShape shape, Reference reference, EvaluationContext context)
      throws IOException {
    if (!needs(Need.FEATURES, Need.PROBABILITIES)) {
      return Optional.empty();
    }
    Features features = open(shape, reference, context);
    try {
      requireFitting(features, reference);
      return Optional.of(features);
    } catch (RuntimeException e) {
      features.close();
      throw e;
    }
  }

  /** The extractor of examples of a shape. */
  Features open(DataShape shape, Reference reference, EvaluationContext context)
      throws IOException {
    try {
      Features features =
          extractor.open(
              shape, reference.examples(), context.cache(), context.listener(), context.stop());
      if (features == null) {
        throw new RefusedException("%s gives no features".formatted(extractor));
      }
      return features;
    } catch (IllegalArgumentException e) {
      throw RefusedException.of(e);
    }
  }

  private void requireFitting(Features features, Reference reference) {
    for (Task task : tasks) {
      if (task.needs().contains(Need.PROBABILITIES) && features.classes() == 0) {
        throw new RefusedException(
            "%s %s; choose another extractor with --features"
                .formatted(task.withoutProbabilities(), features.description()));
      }
    }
    Optional<Integer> size = reference.moments().map(Moments::size);
    if (size.isPresent() && size.get() != features.size()) {
      throw new RefusedException(
          "%s has statistics of %d features, but %s gives %d; they must come from the same extractor"
              .formatted(reference.name(), size.get(), features.description(), features.size()));
    }
  }

  List<Task> tasks() {
    return tasks;
  }

  /** The same evaluation with some of its tasks. */
  EvaluationPlan only(List<Task> some) {
    return new EvaluationPlan(List.copyOf(some), extractor);
  }

  /** Whether any metric needs one of these. */
  boolean needs(Need... any) {
    return tasks.stream().anyMatch(task -> task.needsAny(any));
  }

  /** Whether any metric sees what an extractor makes of real examples. */
  boolean seesRealFeatures() {
    return tasks.stream().anyMatch(Task::seesRealFeatures);
  }

  /** Whether any metric compares with what is real. */
  boolean comparesWithData() {
    return tasks.stream().anyMatch(Task::comparesWithData);
  }

  /** Generated examples that are needed in all. */
  int samples() {
    return tasks.stream().mapToInt(Task::samples).max().orElse(0);
  }

  /** Most real examples whose features any metric looks at. */
  int realVectors() {
    return tasks.stream()
        .filter(task -> task.needs().contains(Need.REAL_FEATURES))
        .mapToInt(Task::samples)
        .max()
        .orElse(0);
  }

  /**
   * The columns that are kept of generated examples, with their widths.
   *
   * @param features what extracts features and probabilities, where any metric needs them
   */
  Map<Need, Integer> columns(Generated examples, Optional<Features> features) {
    Map<Need, Integer> columns = new TreeMap<>();
    if (needs(Need.VALUES)) {
      columns.put(Need.VALUES, examples.shape().size());
    }
    if (needs(Need.FEATURES)) {
      columns.put(Need.FEATURES, features.orElseThrow().size());
    }
    if (needs(Need.PROBABILITIES)) {
      columns.put(Need.PROBABILITIES, features.orElseThrow().classes());
    }
    return columns;
  }
}
