package io.ddgan.api;

/** An opened {@link FeatureExtractor}. The features of an example depend on that example alone. */
public interface OpenFeatureExtractor extends AutoCloseable {

  /** A short description for people. */
  String description();

  /** A SHA-256 in hexadecimal digits, equal for two functions that return the same features. */
  String fingerprint();

  /** Number of features of an example. */
  int dimension();

  /** Number of classes that it distinguishes; 0 if it returns no probabilities. */
  int classes();

  /** Maximum number of examples per call. */
  int maxBatch();

  /**
   * Extracts features.
   *
   * @param examples at least {@code count} examples in [-1, 1], {@code [N, ...shape]}
   * @param count number of examples, from 1 to {@link #maxBatch()}
   * @param features receives {@code [count, size]}
   * @param probabilities receives {@code [count, classes]}
   */
  void extract(float[] examples, int count, float[] features, float[] probabilities);

  @Override
  void close();
}
