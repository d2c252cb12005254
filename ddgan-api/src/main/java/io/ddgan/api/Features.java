package io.ddgan.api;

/** An opened {@link FeatureExtractor}. The features of an example depend on that example alone. */
public interface Features extends AutoCloseable {

  /** What it is, for people, in a few words. */
  String description();

  /**
   * Identifies the function: equal for two that give the same features, different for others.
   *
   * @return a SHA-256 in hexadecimal digits
   */
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
   * @param examples examples in [-1, 1], {@code [N, ...shape]}, at least {@code count} of them
   * @param count how many, from 1 to {@link #batch()}
   * @param features receives {@code [count, size]}
   * @param probabilities receives the probabilities of the classes, {@code [count, classes]}
   */
  void extract(float[] examples, int count, float[] features, float[] probabilities);

  @Override
  void close();
}
