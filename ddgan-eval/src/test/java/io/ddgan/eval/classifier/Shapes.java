package io.ddgan.eval.classifier;

import io.ddgan.api.DataShape;
import io.ddgan.api.Labels;
import io.ddgan.api.OpenDataset;
import io.ddgan.random.RandomStreams;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Noisy grey images of four shapes: a lying bar, a standing bar, a cross, a frame. */
record Shapes(int size, long seed) implements OpenDataset {

  static final int SIDE = 12;
  static final int CLASSES = 4;

  private static final int LENGTH = 7;
  private static final double NOISE = 0.3;

  @Override
  public DataShape shape() {
    return DataShape.image(1, SIDE, SIDE);
  }

  @Override
  public void read(int index, float[] out, int offset) {
    RandomGenerator random = new RandomStreams(seed).stream("shape", index);
    int top = random.nextInt(SIDE - LENGTH + 1);
    int left = random.nextInt(SIDE - LENGTH + 1);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double value = drawn(index % CLASSES, y - top, x - left) ? 0.5 : -0.5;
        out[offset + y * SIDE + x] = (float) (value + NOISE * random.nextGaussian());
      }
    }
  }

  private static boolean drawn(int shape, int y, int x) {
    if (Math.min(y, x) < 0 || Math.max(y, x) >= LENGTH) {
      return false;
    }
    boolean lying = y == LENGTH / 2;
    boolean standing = x == LENGTH / 2;
    return switch (shape) {
      case 0 -> lying;
      case 1 -> standing;
      case 2 -> lying || standing;
      default -> y % (LENGTH - 1) == 0 || x % (LENGTH - 1) == 0;
    };
  }

  @Override
  public Optional<Labels> labels() {
    return Optional.of(new Labels(CLASSES, index -> index % CLASSES));
  }
}
