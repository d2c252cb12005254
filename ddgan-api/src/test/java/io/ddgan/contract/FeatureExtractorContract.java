package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.FeatureExtractor;
import io.ddgan.api.Labels;
import io.ddgan.api.OpenFeatureExtractor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the contract of feature extractors. Extend it to test those of a plug-in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FeatureExtractorContract {

  private static final int CLASSES = 4;

  @TempDir private Path cache;

  /** Returns the extractors to test. */
  protected abstract Stream<? extends FeatureExtractor> extractors();

  /** Returns the shape of the test examples. */
  protected abstract DataShape shape();

  @ParameterizedTest
  @MethodSource("extractors")
  void featuresAreFiniteAndDependOnlyOnTheExample(FeatureExtractor extractor) throws IOException {
    try (OpenFeatureExtractor features = open(extractor)) {
      int count = Math.min(3, features.maxBatch());
      assertTrue(count >= 1 && features.dimension() >= 1 && features.classes() >= 0);
      float[] together = features(features, 0, count);
      for (int i = 0; i < count; i++) {
        float[] alone = features(features, i, 1);
        for (float feature : alone) {
          assertTrue(Float.isFinite(feature));
        }
        int size = features.dimension();
        assertArrayEquals(Arrays.copyOfRange(together, i * size, (i + 1) * size), alone, 1e-4f);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("extractors")
  void probabilitiesSumToOneAndClassesMatchTheirNumber(FeatureExtractor extractor)
      throws IOException {
    OptionalInt known = extractor.check(shape(), Optional.of(examples()));
    try (OpenFeatureExtractor features = open(extractor)) {
      assertEquals(features.classes(), known.orElse(features.classes()));
      float[] probabilities = new float[features.classes()];
      features.extract(examples(0, 1), 1, new float[features.dimension()], probabilities);
      double sum = 0;
      for (float probability : probabilities) {
        assertTrue(probability >= 0 && probability <= 1);
        sum += probability;
      }
      assertEquals(features.classes() == 0 ? 0 : 1, sum, 1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("extractors")
  void opensTheSameFunctionEachTime(FeatureExtractor extractor) throws IOException {
    try (OpenFeatureExtractor once = open(extractor);
        OpenFeatureExtractor again = open(extractor)) {
      assertFalse(once.description().isBlank());
      assertTrue(once.fingerprint().matches("[0-9a-f]{64}"), once.fingerprint());
      assertEquals(once.fingerprint(), again.fingerprint());
      assertArrayEquals(features(once, 0, 1), features(again, 0, 1));
    }
  }

  private OpenFeatureExtractor open(FeatureExtractor extractor) throws IOException {
    return extractor.open(shape(), Optional.of(examples()), cache);
  }

  private DrawnExamples examples() {
    Labels labels = new Labels(CLASSES, i -> i % CLASSES);
    return new DrawnExamples(shape(), 60, Optional.empty(), Optional.of(labels));
  }

  private float[] features(OpenFeatureExtractor extractor, int first, int count) {
    float[] features = new float[count * extractor.dimension()];
    extractor.extract(
        examples(first, count), count, features, new float[count * extractor.classes()]);
    return features;
  }

  private float[] examples(int first, int count) {
    float[] examples = new float[count * shape().size()];
    for (int i = 0; i < count; i++) {
      examples().read(first + i, examples, i * shape().size());
    }
    return examples;
  }
}
