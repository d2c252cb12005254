package io.ddgan.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ddgan.api.GaussianMixture;
import io.ddgan.api.OpenDataset;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class Gaussians25Test {

  @Test
  void modesAreTheScaledGrid() {
    GaussianMixture modes = new Gaussians25(1, 0.05, 0.5, 0).open().modes().orElseThrow();
    assertEquals(25, modes.centres().stream().distinct().count());
    assertEquals(List.of(-1.0, -1.0), modes.centres().get(0));
    assertEquals(List.of(0.0, 0.5), modes.centres().get(13));
    assertEquals(0.025, modes.std());
  }

  @Test
  void modesHaveEquallyManyPointsWithTheirMeanAndDeviation() throws IOException {
    int perMode = 4000;
    OpenDataset examples = new Gaussians25(perMode, 0.05, 0.5, 0).open();
    GaussianMixture modes = examples.modes().orElseThrow();
    assertEquals(25 * perMode, examples.size());
    for (int mode = 0; mode < 25; mode++) {
      for (int axis = 0; axis < 2; axis++) {
        double centre = modes.centres().get(mode).get(axis);
        double sum = 0;
        double squares = 0;
        for (int i = mode; i < examples.size(); i += 25) {
          double difference = point(examples, i)[axis] - centre;
          sum += difference;
          squares += difference * difference;
        }
        assertEquals(0, sum / perMode, 5 * 0.025 / Math.sqrt(perMode));
        assertEquals(0.025, Math.sqrt(squares / perMode), 0.002);
      }
    }
  }

  @Test
  void pointsDependOnlyOnTheSeed() throws IOException {
    float[] points = all(new Gaussians25(10, 0.05, 0.5, 1));
    assertArrayEquals(points, all(new Gaussians25(10, 0.05, 0.5, 1)));
    assertFalse(Arrays.equals(points, all(new Gaussians25(10, 0.05, 0.5, 2))));
  }

  private static float[] all(Gaussians25 data) throws IOException {
    OpenDataset examples = data.open();
    float[] points = new float[2 * examples.size()];
    for (int i = 0; i < examples.size(); i++) {
      examples.read(i, points, 2 * i);
    }
    return points;
  }

  private static float[] point(OpenDataset examples, int index) throws IOException {
    float[] point = new float[2];
    examples.read(index, point, 0);
    return point;
  }
}
