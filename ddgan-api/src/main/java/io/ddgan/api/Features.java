package io.ddgan.api;

/** An opened {@link FeatureExtractor}. The features of an example depend on that example alone. */
public interface Features extends AutoCloseable {

  /** What it is, for people, in a few words. */
  String description();

  /** A SHA-256 in hexadecimal digits, equal for two functions that give the same features. */
  String fingerprint();

  /** Number of features of an example. */
  int size();

  /** Number of classes that it tells apart, 0 if it gives no probabilities. */
  int classes();

  /** How many examples it takes at a time at most. */
  int batch();

  /**
   * Extracts features.
   *
   * @param examples at least {@code count} examples in [-1, 1], {@code [N, ...shape]}
   * @param count how many, from 1 to {@link #batch()}
   * @param features receives {@code [count, size]}
   * @param probabilities receives {@code [count, classes]}
   */
  void extract(float[] examples, int count, float[] features, float[] probabilities);

  @Override
  void close();
}
