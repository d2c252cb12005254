package io.ddgan.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.ddgan.api.DataShape;
import io.ddgan.api.OpenFeatureExtractor;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValuesTest {

  @TempDir private Path cache;

  @Test
  void theFeaturesAreTheExampleItself() {
    try (OpenFeatureExtractor values = open(DataShape.image(1, 2, 2))) {
      assertEquals(4, values.dimension());
      assertEquals(0, values.classes());
      float[] features = new float[8];
      values.extract(
          new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2, features, new float[0]);
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, features);
    }
  }

  @Test
  void theFingerprintTellsSizesApart() {
    try (OpenFeatureExtractor two = open(DataShape.point(2));
        OpenFeatureExtractor again = open(DataShape.point(2));
        OpenFeatureExtractor three = open(DataShape.point(3))) {
      assertEquals(two.fingerprint(), again.fingerprint());
      assertNotEquals(two.fingerprint(), three.fingerprint());
    }
  }

  @Test
  void largeExamplesAreTakenFewAtATime() {
    try (OpenFeatureExtractor points = open(DataShape.point(2));
        OpenFeatureExtractor pictures = open(DataShape.image(3, 1024, 1024));
        OpenFeatureExtractor largest = open(DataShape.point(Integer.MAX_VALUE))) {
      assertEquals(1024, points.maxBatch());
      assertEquals(5, pictures.maxBatch());
      assertEquals(1, largest.maxBatch());
    }
  }

  private OpenFeatureExtractor open(DataShape shape) {
    return new Identity().open(shape, Optional.empty(), cache);
  }
}
