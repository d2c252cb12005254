package io.ddgan.eval;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.FeatureExtractor;
import io.ddgan.api.Features;
import io.ddgan.api.Labels;
import io.ddgan.api.Metric;
import io.ddgan.api.Metric.Measure;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.MetricInput;
import io.ddgan.api.Moments;
import io.ddgan.api.ProgressListener;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Vectors;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.experiment.EvaluationSettings;
import io.ddgan.train.sampling.EvaluatedExamples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the metrics of an evaluation must see, checked before any slow work, and what extracts it.
 */
record EvaluationPlan(Reference reference, List<Task> tasks, FeatureExtractor extractor) {

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

    private void requireSource(
        Reference reference, boolean isRun, Supplier<Optional<Labels>> asked) {
      if (needsAny(Need.GENERATOR) && !isRun) {
        throw new RefusedException(
            name() + " is measured on a run, not on examples that are there already");
      }
      if (!needsAny(Need.REQUESTED_CLASSES)) {
        return;
      }
      Optional<Labels> given = asked.get();
      if (given.isEmpty()) {
        throw new RefusedException(
            "%s is measured on a run whose generator looks at classes; train one with generator.class-conditional = true and discriminator.class-conditional = true"
                .formatted(name()));
      }
      int classes = given.get().classes();
      int known = reference.labels().map(Labels::classes).orElse(classes);
      if (known != classes) {
        throw new RefusedException(
            "%s compares classes, of which the run has %,d, but %s has %,d; compare with the data that the run was trained on"
                .formatted(name(), classes, reference.name(), known));
      }
    }

    private void requireReference(Reference reference) {
      boolean hasStatistics = reference.moments().isPresent();
      if (reference.examples().isPresent()) {
        return;
      }
      if (needsAny(Need.REAL, Need.REAL_FEATURES, Need.REAL_FEATURES_BY_CLASS)) {
        throw new RefusedException(
            "%s needs the data set that is compared with%s; name one with --reference"
                .formatted(name(), hasStatistics ? ", not only its statistics" : ""));
      }
      if (needsAny(Need.REAL_MOMENTS) && !hasStatistics) {
        throw new RefusedException(
            name() + " needs something to compare with; name it with --reference");
      }
    }

    private void requireEnough(Reference reference) {
      int least = metric.minSamples(reference.examples());
      if (metric.samples() > 0 && samples < least) {
        throw new RefusedException(
            "%s needs at least %,d generated examples, not %,d".formatted(name(), least, samples));
      }
      int real = reference.examples().map(Examples::size).orElse(Integer.MAX_VALUE);
      if (needsAny(Need.REAL_FEATURES)) {
        real = Math.min(real, samples);
      }
      if (needsAny(Need.REAL_FEATURES, Need.REAL_MOMENTS) && real < least) {
        throw new RefusedException(
            "%s needs at least %,d real examples to compare with, not %,d"
                .formatted(name(), least, real));
      }
    }

    /** A covariance of fewer vectors than dimensions is singular, which shows in the distance. */
    private void cautionOfFewSamples(int size, Optional<Labels> asked, ProgressListener listener) {
      boolean isByClass = needsAny(Need.REAL_FEATURES_BY_CLASS);
      int each = isByClass ? samples / asked.map(Labels::classes).orElse(1) : samples;
      if ((isByClass || needsAny(Need.REAL_MOMENTS)) && each < size) {
        listener.onMessage(
            "caution: %s of only %,d samples%s, fewer than the %,d features that it compares, comes out too high; take more, or compare it with values of as many samples only"
                .formatted(name(), each, isByClass ? " of a class" : "", size));
      }
    }
  }

  /**
   * Asks the metrics about examples, which need not be there yet.
   *
   * @param most how many there can be
   * @param isRun whether a generator makes them
   * @param asked gives the classes that they are asked for, if they are
   * @throws RefusedException if one of them cannot be given what it needs; the message says what it
   *     is
   */
  static EvaluationPlan of(
      EvaluationSettings settings,
      Reference reference,
      int most,
      boolean isRun,
      Supplier<Optional<Labels>> asked) {
    if (settings.metrics().isEmpty()) {
      throw new RefusedException(
          "nothing is to be measured; name metrics with --metrics or evaluation.metrics, see: ddgan list");
    }
    if (settings.samples().orElse(0) > most) {
      throw new RefusedException(
          "there are only %,d examples, not %,d; ask for fewer"
              .formatted(most, settings.samples().get()));
    }
    List<Task> tasks = new ArrayList<>();
    for (Metric metric : settings.metrics()) {
      Set<Need> needs = Set.copyOf(metric.needs(reference.examples()));
      Task task = new Task(metric, needs, Math.min(settings.samples(metric), most));
      task.requireSource(reference, isRun, asked);
      task.requireReference(reference);
      task.requireEnough(reference);
      tasks.add(task);
    }
    return new EvaluationPlan(reference, tasks, settings.features());
  }

  /** Announces what the metrics warn of. */
  void caution(ProgressListener listener) {
    for (Task task : tasks) {
      task.metric()
          .warning(task.samples(), reference.examples())
          .ifPresent(
              caution -> listener.onMessage("caution: %s: %s".formatted(task.name(), caution)));
    }
  }

  /**
   * The extractor of generated examples, if a metric needs it.
   *
   * @throws RefusedException if it does not suit the examples, what they are compared with, or the
   *     metrics
   */
  Optional<Features> openNeeded(EvaluatedExamples generated, Evaluator.Context context)
      throws IOException {
    if (!needs(Need.FEATURES, Need.PROBABILITIES)) {
      return Optional.empty();
    }
    Features features = open(generated.shape(), context);
    try {
      requireProbabilities(features.classes(), features.description());
      Optional<Integer> size = reference.moments().map(Moments::size);
      if (size.isPresent() && size.get() != features.size()) {
        throw new RefusedException(
            "%s has statistics of %d features, but %s gives %d; they must come from the same extractor"
                .formatted(reference.name(), size.get(), features.description(), features.size()));
      }
      Optional<Labels> asked = generated.asked();
      tasks.forEach(task -> task.cautionOfFewSamples(features.size(), asked, context.listener()));
      return Optional.of(features);
    } catch (RuntimeException e) {
      features.close();
      throw e;
    }
  }

  /** The extractor of examples of a shape. */
  Features open(DataShape shape, Evaluator.Context context) throws IOException {
    return extractor.open(
        shape, reference.examples(), context.cache(), context.listener(), context.stop());
  }

  /**
   * Checks that all metrics are given what they need of an extractor.
   *
   * @param classes how many it tells apart
   * @param features names it
   */
  void requireProbabilities(int classes, String features) {
    for (Task task : tasks) {
      if (classes == 0 && task.needsAny(Need.PROBABILITIES)) {
        throw new RefusedException(
            "%s needs the probabilities of classes, which do not come with %s; choose other features"
                .formatted(task.name(), features));
      }
    }
  }

  /** Whether any metric needs one of these. */
  boolean needs(Need... any) {
    return tasks.stream().anyMatch(task -> task.needsAny(any));
  }

  /** The most generated examples that any metric is given that needs one of these, or of all. */
  int samples(Need... any) {
    return tasks.stream()
        .filter(task -> any.length == 0 || task.needsAny(any))
        .mapToInt(Task::samples)
        .max()
        .orElse(0);
  }

  /**
   * What one metric is given; numbers that are not finite are refused when they are read.
   *
   * @param columns what is known of the generated examples
   * @param realVectors features of real examples, where any are needed
   */
  record StoredEvidence(
      Task task,
      Reference reference,
      EvaluatedExamples examples,
      Function<Need, Vectors> columns,
      Optional<RealFeatures> realVectors,
      RandomStreams random)
      implements MetricInput {

    /**
     * Vectors of which every number is checked when it is read.
     *
     * @param example what each belongs to, with a place for its number where that says anything
     * @param element what their numbers are
     */
    private static Vectors finite(Vectors vectors, String example, String element) {
      return Vectors.of(
          vectors.count(),
          vectors.size(),
          (first, count, out) -> {
            vectors.read(first, count, out);
            for (int i = 0; i < count * vectors.size(); i++) {
              if (!Double.isFinite(out[i])) {
                throw new RefusedException(
                    "%s has a %s that is not finite: %s"
                        .formatted(example.formatted(first + i / vectors.size()), element, out[i]));
              }
            }
          });
    }

    @Override
    public Vectors values() {
      return column(Need.VALUES, "value");
    }

    @Override
    public Vectors features() {
      return column(Need.FEATURES, "feature");
    }

    @Override
    public Vectors probabilities() {
      return column(Need.PROBABILITIES, "class probability");
    }

    private Vectors column(Need column, String element) {
      require(column);
      return finite(columns.apply(column).first(task.samples()), "generated example %d", element);
    }

    @Override
    public Examples real() {
      require(Need.REAL);
      return reference.examples().orElseThrow();
    }

    @Override
    public Vectors realFeatures() {
      require(Need.REAL_FEATURES);
      return real(realVectors.orElseThrow().vectors(task.samples()));
    }

    /** Their order is drawn, so that numbers of examples tell nobody anything. */
    private static Vectors real(Vectors features) {
      return finite(features, "a real example", "feature");
    }

    @Override
    public Moments realMoments() {
      require(Need.REAL_MOMENTS);
      return reference.moments().or(() -> realVectors.flatMap(RealFeatures::moments)).orElseThrow();
    }

    @Override
    public Vectors realFeatures(int label) {
      require(Need.REAL_FEATURES_BY_CLASS);
      return real(realVectors.orElseThrow().vectorsOf(label));
    }

    @Override
    public Labels requestedClasses() {
      require(Need.REQUESTED_CLASSES);
      return examples.asked().orElseThrow();
    }

    @Override
    public Producer generator() {
      require(Need.GENERATOR);
      return examples.producer().orElseThrow();
    }

    private void require(Need need) {
      if (!task.needsAny(need)) {
        throw new IllegalStateException(
            "the metric of %s did not say that it needs %s".formatted(task.name(), need));
      }
    }
  }
}
