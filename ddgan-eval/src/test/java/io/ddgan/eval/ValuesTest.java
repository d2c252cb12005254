package io.ddgan.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.ddgan.api.DataShape;
import io.ddgan.api.Features;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValuesTest {

  @TempDir private Path cache;

  @Test
  void theFeaturesAreTheExampleItself() {
    try (Features values = open(DataShape.image(1, 2, 2))) {
      assertEquals(4, values.size());
      assertEquals(0, values.classes());
      float[] features = new float[8];
      values.extract(
          new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2, features, new float[0]);
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, features);
    }
  }

  @Test
  void theFingerprintTellsSizesApart() {
    try (Features two = open(DataShape.point(2));
        Features again = open(DataShape.point(2));
        Features three = open(DataShape.point(3))) {
      assertEquals(two.fingerprint(), again.fingerprint());
      assertNotEquals(two.fingerprint(), three.fingerprint());
    }
  }

  @Test
  void largeExamplesAreTakenFewAtATime() {
    try (Features points = open(DataShape.point(2));
        Features pictures = open(DataShape.image(3, 1024, 1024));
        Features largest = open(DataShape.point(Integer.MAX_VALUE))) {
      assertEquals(1024, points.batch());
      assertEquals(5, pictures.batch());
      assertEquals(1, largest.batch());
    }
  }

  private Features open(DataShape shape) {
    return new ExampleValues().open(shape, Optional.empty(), cache);
  }
}
