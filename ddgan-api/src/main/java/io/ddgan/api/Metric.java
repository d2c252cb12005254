package io.ddgan.api;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A number, or a few that belong together, that says how good generated examples are. */
public interface Metric {

  /** What a metric may look at; each lets it call one method of {@link MetricInput}. */
  enum Need {
    /** {@link MetricInput#values()}. */
    VALUES,
    /** {@link MetricInput#features()}. */
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
    /** {@link MetricInput#requestedClasses()}, of a run whose generator looks at classes. */
    REQUESTED_CLASSES,
    /** {@link MetricInput#generator()}. */
    GENERATOR
  }

  /** Which of two numbers is the better one. */
  enum Better {
    /** The lower one, as of a distance. */
    LOWER,
    /** The higher one, as of a coverage. */
    HIGHER,
    /** It depends, or the number only explains another one. */
    NEITHER
  }

  /** A number that the metric gives, named in kebab-case. */
  record Measure(String name, Better better) {}

  /**
   * How many generated examples it wants by default; 0 for none. A key {@code samples} may be it.
   */
  int samples();

  /**
   * The fewest generated examples that it can judge, and, if it looks at features of real ones, the
   * fewest real ones.
   */
  default int minSamples() {
    return 1;
  }

  /** The fewest generated examples that it can judge where that depends on the data. */
  default int minSamples(Optional<Examples> real) {
    return minSamples();
  }

  /** The numbers that it may give, in the order in which they are shown. */
  List<Measure> measures();

  /** Those of {@link #measures()} that it gives of some data, as far as is known beforehand. */
  default List<Measure> measures(Optional<Examples> real) {
    return measures();
  }

  /**
   * What it must see.
   *
   * @param real the data set that is compared with; empty where only its statistics are known
   * @throws RefusedException if the metric does not apply to this data
   */
  Set<Need> needs(Optional<Examples> real);

  /**
   * What makes a number of so few examples misleading, said before they are generated: a sentence
   * without a full stop that says what to do.
   */
  default Optional<String> warning(int samples, Optional<Examples> real) {
    return Optional.empty();
  }

  /**
   * Some or all of {@link #measures()} by name.
   *
   * @throws RefusedException if there are too few examples, or some are not finite
   */
  Map<String, Double> evaluate(MetricInput input) throws IOException;
}
