package io.ddgan.eval.classifier;

import io.ddgan.api.DataShape;
import java.util.random.RandomGenerator;

/**
 * Moves images a little, so that a network does not learn them by heart.
 *
 * @param shape shape of the images
 * @param mirrored whether half of them are mirrored, left to right
 */
record RandomShift(DataShape shape, boolean mirrored) {

  /** The way is at most the image's size over this number, 2 pixels of 32. */
  private static final int REACH = 16;

  /** Gives a moved copy of an image; what comes in at an edge repeats the edge. */
  float[] apply(float[] image, RandomGenerator random) {
    int height = shape.height();
    int width = shape.width();
    int down = way(height, random);
    int right = way(width, random);
    boolean mirror = mirrored && random.nextBoolean();
    float[] moved = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      int x = i % width;
      int from = Math.floorMod(i / width, height);
      int row = i / width - from + clamp(from - down, height);
      int column = clamp(x - right, width);
      moved[i] = image[row * width + (mirror ? width - 1 - column : column)];
    }
    return moved;
  }

  private static int way(int size, RandomGenerator random) {
    int most = size / REACH;
    return random.nextInt(-most, most + 1);
  }

  private static int clamp(int position, int size) {
    return Math.max(0, Math.min(position, size - 1));
  }
}
