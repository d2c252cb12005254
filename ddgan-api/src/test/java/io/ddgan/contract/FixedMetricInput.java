package io.ddgan.contract;

import io.ddgan.api.Labels;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.MetricInput;
import io.ddgan.api.Moments;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.Vectors;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A metric input in memory. Throws for missing values. */
public final class FixedMetricInput implements MetricInput {

  private final Map<Need, Object> given;
  private final long seed;

  private FixedMetricInput(Map<Need, Object> given, long seed) {
    this.given = given;
    this.seed = seed;
  }

  /** Creates an empty input. */
  public static FixedMetricInput none() {
    return new FixedMetricInput(new EnumMap<>(Need.class), 1);
  }

  /**
   * Creates an input with features of generated and real examples and the moments of the latter.
   */
  public static FixedMetricInput ofFeatures(Vectors generated, Vectors real) throws IOException {
    return none()
        .with(Need.FEATURES, generated)
        .with(Need.REAL_FEATURES, real)
        .with(Need.REAL_MOMENTS, Moments.of(real));
  }

  /**
   * Returns a copy with one more value.
   *
   * @param value the return value of the method of the need; for {@link
   *     Need#REAL_FEATURES_BY_CLASS} a list with one for each class
   */
  public FixedMetricInput with(Need need, Object value) {
    Map<Need, Object> more = new EnumMap<>(given);
    more.put(need, value);
    return new FixedMetricInput(more, seed);
  }

  /** Returns a copy with only the needed values. */
  public FixedMetricInput only(Set<Need> needs) {
    Map<Need, Object> less = new EnumMap<>(given);
    less.keySet().retainAll(needs);
    return new FixedMetricInput(less, seed);
  }

  /** Returns a copy with other random draws. */
  public FixedMetricInput withSeed(long other) {
    return new FixedMetricInput(given, other);
  }

  private <T> T get(Need need, Class<T> type) {
    if (!given.containsKey(need)) {
      throw new IllegalStateException("the metric does not declare that it needs " + need);
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
  public OpenDataset real() {
    return get(Need.REAL, OpenDataset.class);
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
