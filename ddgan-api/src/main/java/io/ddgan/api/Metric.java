package io.ddgan.api;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A quality measure of generated examples: one number, or several that belong together. */
public interface Metric {

  /** A required input; each permits calling one method of {@link MetricInput}. */
  enum Need {
    /** {@link MetricInput#generated()}. */
    VALUES,
    /** {@link MetricInput#generatedFeatures()}. */
    FEATURES,
    /** {@link MetricInput#probabilities()}. */
    PROBABILITIES,
    /** {@link MetricInput#real()}. */
    REAL,
    /** {@link MetricInput#realFeatures()}. */
    REAL_FEATURES,
    /** {@link MetricInput#realMoments()}. */
    REAL_MOMENTS,
    /** {@link MetricInput#realFeatures(int)}, of data with classes. */
    REAL_FEATURES_BY_CLASS,
    /** {@link MetricInput#requestedClasses()}, of a run with a conditional generator. */
    REQUESTED_CLASSES,
    /** {@link MetricInput#producer()}. */
    GENERATOR
  }

  /** The direction of improvement. */
  enum Better {
    /** Lower is better, as for a distance. */
    LOWER,
    /** Higher is better, as for a coverage. */
    HIGHER,
    /** Neither, for example because the number only explains another one. */
    NEITHER
  }

  /**
   * A number that the metric computes, named in kebab-case.
   *
   * @param ofFeatures whether its name depends on the features, see {@link #by}
   */
  record Measure(String name, Better better, boolean ofFeatures) {

    /** A number whose name does not depend on the features. */
    public Measure(String name, Better better) {
      this(name, better, false);
    }

    /** Returns a number whose name stands for Inception's features in the literature. */
    public static Measure ofFeatures(String name, Better better) {
      return new Measure(name, better, true);
    }

    /** Returns the number with its full name, such as {@code classifier-fid}. */
    public Measure by(FeatureExtractor features) {
      return new Measure(ofFeatures ? features.prefix() + name : name, better);
    }
  }

  /** Default number of generated examples; 0 if it uses none. Usually the key {@code samples}. */
  int samples();

  /** Minimum number of generated examples and, if it uses real features, of real ones. */
  default int minSamples() {
    return 1;
  }

  /** Minimum number of generated examples, if it depends on the data. */
  default int minSamples(Optional<OpenDataset> real) {
    return minSamples();
  }

  /** The measures that it may compute, in display order, named without the features. */
  List<Measure> measures();

  /** The {@link #measures()} that it computes for this data, as far as known in advance. */
  default List<Measure> measures(Optional<OpenDataset> real) {
    return measures();
  }

  /**
   * Returns the inputs that it requires.
   *
   * @param real the data set that is compared with; empty where only its statistics are known
   * @throws RefusedException if the metric does not apply to this data
   */
  Set<Need> needs(Optional<OpenDataset> real);

  /**
   * Warns, before generation, if a measure on so few examples is misleading: a sentence without a
   * full stop that says what to do.
   */
  default Optional<String> warning(int samples, Optional<OpenDataset> real) {
    return Optional.empty();
  }

  /**
   * Computes some or all of {@link #measures()}, by their names there.
   *
   * @throws RefusedException if there are too few examples, or some are not finite
   */
  Map<String, Double> evaluate(MetricInput input) throws IOException;
}
