package io.ddgan.eval;

import io.ddgan.api.DataShape;
import io.ddgan.api.FeatureExtractor;
import io.ddgan.api.Labels;
import io.ddgan.api.Metric;
import io.ddgan.api.Metric.Measure;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.MetricInput;
import io.ddgan.api.Moments;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.OpenFeatureExtractor;
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

/** The inputs that the metrics of an evaluation need, and the feature extractor. */
record EvaluationPlan(ReferenceData reference, List<Task> tasks, FeatureExtractor extractor) {

  /**
   * A metric and its inputs.
   *
   * @param samples number of generated examples
   */
  record Task(Metric metric, Set<Need> needs, int samples) {

    /** Returns the metric's name for error messages. */
    String name() {
      return metric.measures().stream().map(Measure::name).findFirst().orElse("a metric");
    }

    /** Returns whether the metric needs any of these. */
    boolean needsAny(Need... any) {
      return Stream.of(any).anyMatch(needs::contains);
    }

    /** Returns whether the metric uses features or class probabilities. */
    boolean seesFeatures() {
      return needsAny(Need.FEATURES, Need.PROBABILITIES) || seesRealFeatures();
    }

    /** Returns whether the metric uses features of real examples. */
    boolean seesRealFeatures() {
      return needsAny(Need.REAL_FEATURES, Need.REAL_FEATURES_BY_CLASS, Need.REAL_MOMENTS);
    }

    /** Returns whether the metric compares with real examples. */
    boolean comparesWithData() {
      return needsAny(Need.REAL) || seesRealFeatures();
    }

    private void requireSource(
        ReferenceData reference, boolean isRun, Supplier<Optional<Labels>> asked) {
      if (needsAny(Need.GENERATOR) && !isRun) {
        throw new RefusedException(
            name() + " needs a generator; evaluate a run or a model instead of stored examples");
      }
      if (!needsAny(Need.REQUESTED_CLASSES)) {
        return;
      }
      Optional<Labels> given = asked.get();
      if (given.isEmpty()) {
        throw new RefusedException(
            "%s needs a class-conditional run; train one with generator.class-conditional = true and discriminator.class-conditional = true"
                .formatted(name()));
      }
      int classes = given.get().classes();
      int known = reference.labels().map(Labels::classes).orElse(classes);
      if (known != classes) {
        throw new RefusedException(
            "%s compares classes, but the run has %,d and %s has %,d; compare with the data that the run was trained on"
                .formatted(name(), classes, reference.name(), known));
      }
    }

    private void requireReference(ReferenceData reference) {
      boolean hasStatistics = reference.moments().isPresent();
      if (reference.examples().isPresent()) {
        return;
      }
      if (needsAny(Need.REAL, Need.REAL_FEATURES, Need.REAL_FEATURES_BY_CLASS)) {
        throw new RefusedException(
            "%s needs a reference data set%s; set one with --reference"
                .formatted(name(), hasStatistics ? ", not only statistics" : ""));
      }
      if (needsAny(Need.REAL_MOMENTS) && !hasStatistics) {
        throw new RefusedException(name() + " needs a reference; set one with --reference");
      }
    }

    private void requireEnough(ReferenceData reference) {
      int least = metric.minSamples(reference.examples());
      if (metric.samples() > 0 && samples < least) {
        throw new RefusedException(
            "%s needs at least %,d generated examples; got %,d".formatted(name(), least, samples));
      }
      int real = reference.examples().map(OpenDataset::size).orElse(Integer.MAX_VALUE);
      if (needsAny(Need.REAL_FEATURES)) {
        real = Math.min(real, samples);
      }
      if (needsAny(Need.REAL_FEATURES, Need.REAL_MOMENTS) && real < least) {
        throw new RefusedException(
            "%s needs at least %,d real examples to compare with; got %,d"
                .formatted(name(), least, real));
      }
    }

    /**
     * Warns of a singular covariance, of fewer vectors than dimensions, which inflates the
     * distance.
     */
    private void warnOfFewSamples(int size, Optional<Labels> asked, ProgressListener listener) {
      boolean isByClass = needsAny(Need.REAL_FEATURES_BY_CLASS);
      int each = isByClass ? samples / asked.map(Labels::classes).orElse(1) : samples;
      if ((isByClass || needsAny(Need.REAL_MOMENTS)) && each < size) {
        listener.onMessage(
            "caution: %s is biased upwards with only %,d samples%s for %,d features; use more, or compare only with values of as many samples"
                .formatted(name(), each, isByClass ? " per class" : "", size));
      }
    }
  }

  /**
   * Plans an evaluation of examples, which need not exist yet.
   *
   * @param most number of examples that can be generated
   * @param isRun whether a generator makes them
   * @param asked returns the requested classes, if any
   * @throws RefusedException if a metric's needs cannot be met; the message says why
   */
  static EvaluationPlan of(
      EvaluationSettings settings,
      ReferenceData reference,
      int most,
      boolean isRun,
      Supplier<Optional<Labels>> asked) {
    if (settings.metrics().isEmpty()) {
      throw new RefusedException(
          "no metrics to evaluate; set --metrics or evaluation.metrics (see: ddgan list)");
    }
    if (settings.samples().orElse(0) > most) {
      throw new RefusedException(
          "only %,d examples are available, not %,d; lower --samples"
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

  /** Reports the metrics' warnings. */
  void warn(ProgressListener listener) {
    for (Task task : tasks) {
      task.metric()
          .warning(task.samples(), reference.examples())
          .ifPresent(
              caution -> listener.onMessage("caution: %s: %s".formatted(task.name(), caution)));
    }
  }

  /**
   * Opens the extractor of generated examples, if a metric needs it.
   *
   * @throws RefusedException if it does not suit the examples, the reference or the metrics
   */
  Optional<OpenFeatureExtractor> openNeeded(EvaluatedExamples generated, Evaluator.Context context)
      throws IOException {
    if (!needs(Need.FEATURES, Need.PROBABILITIES)) {
      return Optional.empty();
    }
    OpenFeatureExtractor features = open(generated.shape(), context);
    try {
      requireProbabilities(features.classes(), features.description());
      Optional<Integer> size = reference.moments().map(Moments::size);
      if (size.isPresent() && size.get() != features.dimension()) {
        throw new RefusedException(
            "%s has statistics of %d features, but %s has %d; use the extractor that they were computed with"
                .formatted(
                    reference.name(), size.get(), features.description(), features.dimension()));
      }
      Optional<Labels> asked = generated.requestedClasses();
      tasks.forEach(task -> task.warnOfFewSamples(features.dimension(), asked, context.listener()));
      return Optional.of(features);
    } catch (RuntimeException e) {
      features.close();
      throw e;
    }
  }

  /** Opens the extractor for examples of a shape. */
  OpenFeatureExtractor open(DataShape shape, Evaluator.Context context) throws IOException {
    return extractor.open(
        shape, reference.examples(), context.cache(), context.listener(), context.stop());
  }

  /**
   * Checks that the extractor provides class probabilities if any metric needs them.
   *
   * @param classes number of its classes
   * @param features its name
   */
  void requireProbabilities(int classes, String features) {
    for (Task task : tasks) {
      if (classes == 0 && task.needsAny(Need.PROBABILITIES)) {
        throw new RefusedException(
            "%s needs class probabilities, but %s has none; choose other features"
                .formatted(task.name(), features));
      }
    }
  }

  /** Returns whether any metric needs any of these. */
  boolean needs(Need... any) {
    return tasks.stream().anyMatch(task -> task.needsAny(any));
  }

  /**
   * Returns the largest number of samples of the metrics that need any of these; of all if none.
   */
  int samples(Need... any) {
    return tasks.stream()
        .filter(task -> any.length == 0 || task.needsAny(any))
        .mapToInt(Task::samples)
        .max()
        .orElse(0);
  }

  /**
   * The input of one metric. Numbers are checked when read: they must be finite.
   *
   * @param columns vectors of the generated examples
   * @param realVectors features of real examples, if needed
   */
  record StoredEvidence(
      Task task,
      ReferenceData reference,
      EvaluatedExamples examples,
      Function<Need, Vectors> columns,
      Optional<RealFeatures> realVectors,
      RandomStreams random)
      implements MetricInput {

    /**
     * Returns vectors whose numbers are checked when read.
     *
     * @param example the owner of each vector, with an optional placeholder for its index
     * @param element what their numbers are
     * @param advice how to avoid such numbers
     */
    private static Vectors finite(Vectors vectors, String example, String element, String advice) {
      return Vectors.of(
          vectors.count(),
          vectors.size(),
          (first, count, out) -> {
            vectors.read(first, count, out);
            for (int i = 0; i < count * vectors.size(); i++) {
              if (!Double.isFinite(out[i])) {
                throw new RefusedException(
                    "%s has a %s that is not finite: %s; %s"
                        .formatted(
                            example.formatted(first + i / vectors.size()),
                            element,
                            out[i],
                            advice));
              }
            }
          });
    }

    @Override
    public Vectors generated() {
      return column(Need.VALUES, "value");
    }

    @Override
    public Vectors generatedFeatures() {
      return column(Need.FEATURES, "feature");
    }

    @Override
    public Vectors probabilities() {
      return column(Need.PROBABILITIES, "class probability");
    }

    private Vectors column(Need column, String element) {
      require(column);
      return finite(
          columns.apply(column).first(task.samples()),
          "generated example %d",
          element,
          "use an earlier checkpoint");
    }

    @Override
    public OpenDataset real() {
      require(Need.REAL);
      return reference.examples().orElseThrow();
    }

    @Override
    public Vectors realFeatures() {
      require(Need.REAL_FEATURES);
      return real(realVectors.orElseThrow().vectors(task.samples()));
    }

    /** Omits indices in messages, as the order of real examples is random. */
    private static Vectors real(Vectors features) {
      return finite(features, "a real example", "feature", "check the data set");
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
      return examples.requestedClasses().orElseThrow();
    }

    @Override
    public Producer producer() {
      require(Need.GENERATOR);
      return examples.producer().orElseThrow();
    }

    private void require(Need need) {
      if (!task.needsAny(need)) {
        throw new IllegalStateException(
            "the metric of %s uses %s, which its needs() do not include"
                .formatted(task.name(), need));
      }
    }
  }
}
