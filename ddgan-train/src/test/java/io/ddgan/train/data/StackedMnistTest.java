package io.ddgan.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.Labels;
import io.ddgan.api.OpenDataset;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StackedMnistTest {

  private static final Dataset GREY = new FashionMnist(Optional.empty(), 28);

  @Test
  void stacksThreeImagesWithTheClassesOfTheMode() throws IOException {
    try (OpenDataset grey = GREY.open();
        OpenDataset stacked = new StackedMnist(GREY, 500, 3).open()) {
      assertEquals(500, stacked.size());
      assertEquals(DataShape.image(3, 28, 28), stacked.shape());
      Labels modes = stacked.labels().orElseThrow();
      Labels classes = grey.labels().orElseThrow();
      assertEquals(1000, modes.classes());
      float[] stack = new float[3 * 784];
      float[] image = new float[784];
      for (int i = 0; i < 5; i++) {
        stacked.read(i, stack, 0);
        int mode = modes.label(i);
        int[] digits = {mode / 100, mode / 10 % 10, mode % 10};
        for (int c = 0; c < 3; c++) {
          float[] channel = Arrays.copyOfRange(stack, c * 784, (c + 1) * 784);
          int source = find(grey, channel, image);
          assertEquals(digits[c], classes.label(source), "channel " + c);
        }
      }
    }
  }

  private static int find(OpenDataset grey, float[] wanted, float[] image) throws IOException {
    for (int i = 0; i < grey.size(); i++) {
      grey.read(i, image, 0);
      if (Arrays.equals(wanted, image)) {
        return i;
      }
    }
    throw new AssertionError("no such image");
  }

  @Test
  void drawsAreIndependentAndUniform() throws IOException {
    try (OpenDataset stacked = new StackedMnist(GREY, 20_000, 0).open()) {
      Labels modes = stacked.labels().orElseThrow();
      int[] counts = new int[1000];
      for (int i = 0; i < stacked.size(); i++) {
        counts[modes.label(i)]++;
      }
      // Chi squared with 999 degrees of freedom, within 3 standard deviations of about 45.
      double statistic = Arrays.stream(counts).mapToDouble(n -> (n - 20.0) * (n - 20.0) / 20).sum();
      assertEquals(999, statistic, 3 * Math.sqrt(2 * 999));
    }
  }

  @Test
  void examplesDependOnlyOnSeedAndIndex() throws IOException {
    float[] first = new float[3 * 784];
    float[] second = new float[3 * 784];
    Set<Integer> seen = new HashSet<>();
    for (long seed = 0; seed < 3; seed++) {
      try (OpenDataset few = new StackedMnist(GREY, 10, seed).open();
          OpenDataset many = new StackedMnist(GREY, 1000, seed).open()) {
        few.read(7, first, 0);
        many.read(7, second, 0);
        assertArrayEquals(first, second);
        seen.add(Arrays.hashCode(first));
      }
    }
    assertEquals(3, seen.size());
  }

  @Test
  void stacksOnlyGreyImages() {
    Dataset points = new Gaussians25(1, 0.05, 1, 0);
    IOException e = assertThrows(IOException.class, () -> new StackedMnist(points, 10, 0).open());
    assertTrue(e.getMessage().endsWith("data.source has examples of shape 2"), e.getMessage());
  }
}
