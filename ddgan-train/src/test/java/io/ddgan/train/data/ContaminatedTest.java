package io.ddgan.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Dataset;
import io.ddgan.api.OpenDataset;
import io.ddgan.config.ConfigurationException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContaminatedTest {

  private static final Dataset CLEAN = new Gaussians25(8, 0.01, 1, 0);
  private static final Dataset OTHERS = new Gaussians25(4, 0.01, 100, 1);

  @Test
  void appendsTheConfiguredShareOfOutliers() throws IOException {
    try (OpenDataset clean = CLEAN.open();
        OpenDataset mixed = new Contaminated(CLEAN, OTHERS, 0.2, 3).open()) {
      assertEquals(250, mixed.size());
      float[] point = new float[2];
      float[] same = new float[2];
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < mixed.size(); i++) {
        mixed.read(i, point, 0);
        if (i < clean.size()) {
          clean.read(i, same, 0);
          assertTrue(Arrays.equals(same, point), "example " + i);
        } else {
          assertTrue(seen.add(Arrays.toString(point)), "an outlier is drawn twice");
        }
      }
      assertEquals(50, seen.size());
      assertTrue(mixed.labels().isEmpty());
      assertTrue(mixed.modes().isEmpty());
    }
  }

  @Test
  void comparesGeneratedExamplesWithTheCleanOnes() throws IOException {
    try (OpenDataset clean = CLEAN.open();
        OpenDataset mixed = new Contaminated(CLEAN, OTHERS, 0.2, 3).open()) {
      assertEquals(clean.size(), mixed.cleanExamples().size());
      assertEquals(clean.modes(), mixed.cleanExamples().modes());
      assertEquals(clean.fingerprint(), mixed.cleanExamples().fingerprint());
    }
  }

  @Test
  void fingerprintDependsOnTheDraws() throws IOException {
    String first = fingerprint(new Contaminated(CLEAN, OTHERS, 0.2, 3));
    assertEquals(first, fingerprint(new Contaminated(CLEAN, OTHERS, 0.2, 3)));
    assertNotEquals(first, fingerprint(new Contaminated(CLEAN, OTHERS, 0.2, 4)));
    assertNotEquals(first, fingerprint(new Contaminated(CLEAN, OTHERS, 0.1, 3)));
  }

  @Test
  void refusesTooFewOutliersAndOutliersOfAnotherShape() {
    assertEquals(
        "data.outlier-share: 0.4 needs 133 outliers, but data.outliers has only 100 examples; choose a smaller share",
        refusal(new Contaminated(CLEAN, OTHERS, 0.4, 0)));
    assertEquals(
        "data.outliers: has examples of shape 1x32x32, but data.clean has shape 2; choose data of one shape",
        refusal(new Contaminated(CLEAN, new FashionMnist(Optional.empty(), 32), 0.1, 0)));
  }

  @Test
  void equalsTheCleanDataWithoutOutliers() throws IOException {
    try (OpenDataset clean = CLEAN.open();
        OpenDataset mixed = new Contaminated(CLEAN, OTHERS, 0, 3).open()) {
      assertEquals(clean.size(), mixed.size());
      assertFalse(mixed.isMirrorable());
    }
  }

  private static String fingerprint(Dataset data) throws IOException {
    try (OpenDataset examples = data.open()) {
      return examples.fingerprint();
    }
  }

  private static String refusal(Dataset data) {
    return assertThrows(ConfigurationException.class, data::open).getMessage();
  }
}
