package io.ddgan.eval.inception;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/** What is expected was computed with {@code torch.nn.functional.interpolate} of PyTorch 2.6. */
class BilinearResizeTest {

  private static final float[] TWO_BY_THREE = {1, 2, 4, 8, 16, 32};

  @Test
  void enlargesAsPytorch() {
    assertArrayEquals(
        new float[] {
          1f, 1.4f, 2f, 3.2f, 4f, 4.5f, 6.3f, 9f, 14.4f, 18f, 8f, 11.2f, 16f, 25.6f, 32f
        },
        resize(TWO_BY_THREE, 2, 3, 3, 5),
        1e-5f);
  }

  @Test
  void shrinksAsPytorch() {
    float[] image = new float[5 * 7];
    for (int i = 0; i < image.length; i++) {
      image[i] = i * i % 11;
    }
    assertArrayEquals(
        new float[] {5.916667f, 3f, 2.249999f, 1.333333f, 4f, 3.333334f},
        resize(image, 5, 7, 2, 3),
        1e-5f);
  }

  @Test
  void readsAndWritesFromWhereItIsTold() {
    float[] out = new float[4];
    new BilinearResize(1, 1, 1, 2).apply(new float[] {5, 6, 7}, 1, out, 2);
    assertArrayEquals(new float[] {0, 0, 6, 6}, out);
  }

  private static float[] resize(float[] image, int height, int width, int toHeight, int toWidth) {
    float[] out = new float[toHeight * toWidth];
    new BilinearResize(height, width, toHeight, toWidth).apply(image, 0, out, 0);
    return out;
  }
}
