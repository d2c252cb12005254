package io.ddgan.contract;

import io.ddgan.api.Examples;
import io.ddgan.api.Labels;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.MetricInput;
import io.ddgan.api.Moments;
import io.ddgan.api.Vectors;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evidence that is in memory. What it was not given, it refuses. */
public final class FixedMetricInput implements MetricInput {

  private final Map<Need, Object> given;
  private final long seed;

  private FixedMetricInput(Map<Need, Object> given, long seed) {
    this.given = given;
    this.seed = seed;
  }

  /** Of nothing yet. */
  public static FixedMetricInput none() {
    return new FixedMetricInput(new EnumMap<>(Need.class), 1);
  }

  /** The features of generated and of real examples, and the real ones' moments. */
  public static FixedMetricInput ofFeatures(Vectors generated, Vectors real) throws IOException {
    return none()
        .with(Need.FEATURES, generated)
        .with(Need.REAL_FEATURES, real)
        .with(Need.REAL_MOMENTS, Moments.of(real));
  }

  /**
   * The same with one thing more.
   *
   * @param value what the method that belongs to the need gives; of {@link
   *     Need#REAL_FEATURES_BY_CLASS} a list of what it gives of each class
   */
  public FixedMetricInput with(Need need, Object value) {
    Map<Need, Object> more = new EnumMap<>(given);
    more.put(need, value);
    return new FixedMetricInput(more, seed);
  }

  /** The same with nothing but what is needed. */
  public FixedMetricInput only(Set<Need> needs) {
    Map<Need, Object> less = new EnumMap<>(given);
    less.keySet().retainAll(needs);
    return new FixedMetricInput(less, seed);
  }

  /** The same with other draws. */
  public FixedMetricInput withSeed(long other) {
    return new FixedMetricInput(given, other);
  }

  private <T> T get(Need need, Class<T> type) {
    if (!given.containsKey(need)) {
      throw new IllegalStateException("the metric does not say that it needs " + need);
    }
    return type.cast(given.get(need));
  }

  @Override
  public Vectors generated() {
    return get(Need.VALUES, Vectors.class);
  }

  @Override
  public Vectors generatedFeatures() {
    return get(Need.FEATURES, Vectors.class);
  }

  @Override
  public Vectors probabilities() {
    return get(Need.PROBABILITIES, Vectors.class);
  }

  @Override
  public Examples real() {
    return get(Need.REAL, Examples.class);
  }

  @Override
  public Vectors realFeatures() {
    return get(Need.REAL_FEATURES, Vectors.class);
  }

  @Override
  public Moments realMoments() {
    return get(Need.REAL_MOMENTS, Moments.class);
  }

  @Override
  public Vectors realFeatures(int label) {
    return (Vectors) get(Need.REAL_FEATURES_BY_CLASS, List.class).get(label);
  }

  @Override
  public Labels requestedClasses() {
    return get(Need.REQUESTED_CLASSES, Labels.class);
  }

  @Override
  public Producer producer() {
    return get(Need.GENERATOR, Producer.class);
  }

  @Override
  public RandomStreams random() {
    return new RandomStreams(seed);
  }
}
