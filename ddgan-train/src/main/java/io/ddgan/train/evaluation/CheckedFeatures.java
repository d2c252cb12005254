package io.ddgan.train.evaluation;

import io.ddgan.api.DataShape;
import io.ddgan.api.FeatureExtractor;
import io.ddgan.api.Features;
import io.ddgan.api.RefusedException;
import java.io.IOException;

/**
 * Features that say the same of themselves each time, and nothing that their contract does not
 * allow: anybody may have written them.
 */
record CheckedFeatures(
    Features features, String description, String fingerprint, int size, int classes, int batch)
    implements Features {

  /**
   * Opens an extractor.
   *
   * @param shape of the examples that features are extracted of
   * @param reference what they are compared with
   * @throws RefusedException if it does not suit them
   */
  static Features open(
      FeatureExtractor extractor, DataShape shape, Reference reference, EvaluationContext context)
      throws IOException {
    return of(
        extractor.open(
            shape, reference.examples(), context.cache(), context.listener(), context.stop()));
  }

  /**
   * Asks once what they are.
   *
   * @throws RuntimeException if that cannot be; its stack trace begins in the method that says so,
   *     and the features are closed
   */
  static Features of(Features features) {
    try {
      return new CheckedFeatures(
          features,
          features.description(),
          features.fingerprint(),
          atLeast(1, features, "size", features.size()),
          atLeast(0, features, "classes", features.classes()),
          atLeast(1, features, "batch", features.batch()));
    } catch (RuntimeException e) {
      features.close();
      throw e;
    }
  }

  private static int atLeast(int least, Features features, String method, int number) {
    if (number < least) {
      throw new IllegalStateException("%s is %d or more, not %d".formatted(method, least, number));
    }
    return number;
  }

  @Override
  public void extract(float[] examples, int count, float[] features, float[] probabilities) {
    this.features.extract(examples, count, features, probabilities);
  }

  @Override
  public void close() {
    features.close();
  }
}
