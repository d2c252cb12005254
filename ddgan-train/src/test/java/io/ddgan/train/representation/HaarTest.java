package io.ddgan.train.representation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.random.RandomStreams;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HaarTest {

  private static final DataShape TWO = DataShape.image(1, 2, 2);
  private static final DataShape FOUR = DataShape.image(1, 4, 4);

  /** 1 2 / 4 8: the sum, and the differences from left to right, downwards and diagonally. */
  @Test
  void turnsFourPixelsIntoFourChannels() {
    Haar haar = new Haar(1, 1);
    assertEquals(DataShape.image(4, 1, 1), haar.encodedShape(TWO));
    assertArrayEquals(
        new float[] {15 / 2f, -5 / 2f, -9 / 2f, 3 / 2f},
        haar.encode(TWO, new float[] {1, 2, 4, 8}));
  }

  @Test
  void multipliesEveryCoefficientByItsScale() {
    assertArrayEquals(
        new float[] {15 / 4f, -5 / 4f, -9 / 4f, 3 / 4f},
        new Haar(1, 0.5).encode(TWO, new float[] {1, 2, 4, 8}));
  }

  @Test
  void transformsEachBlockOfFourPixels() {
    Haar haar = new Haar(1, 0.5);
    assertEquals(DataShape.image(4, 2, 2), haar.encodedShape(FOUR));
    float[] image = {
      1, 2, 0, 0, //
      4, 8, 0, 4, //
      1, 1, 8, 0, //
      1, 1, 8, 0,
    };
    assertArrayEquals(
        new float[] {
          15 / 4f, 1, 1, 4, // low
          -5 / 4f, -1, 0, 4, // along the rows
          -9 / 4f, -1, 0, 0, // along the columns
          3 / 4f, 1, 0, 0, // both
        },
        haar.encode(FOUR, image));
  }

  /** Transforms each channel of the first level, with four pixels 15, 4, 4, 16 / 4. */
  @Test
  void twoLevelsHalveEveryChannelAgain() {
    Haar haar = new Haar(2, 0.5);
    assertEquals(DataShape.image(16, 1, 1), haar.encodedShape(FOUR));
    float[] image = {
      1, 2, 0, 0, //
      4, 8, 0, 4, //
      1, 1, 8, 0, //
      1, 1, 8, 0,
    };
    float[] coded = haar.encode(FOUR, image);
    assertArrayEquals(
        new float[] {39 / 16f, -1 / 16f, -1 / 16f, 23 / 16f},
        new float[] {coded[0], coded[1], coded[2], coded[3]});
    assertArrayEquals(
        new float[] {7 / 16f, -17 / 16f, -25 / 16f, 15 / 16f},
        new float[] {coded[4], coded[5], coded[6], coded[7]});
    assertArrayEquals(image, haar.decode(FOUR, coded));
  }

  @Test
  void treatsChannelsSeparately() {
    DataShape shape = DataShape.image(3, 4, 6);
    Haar haar = new Haar(1, 1);
    float[] image = random(shape.size());
    float[] coded = haar.encode(shape, image);
    DataShape single = DataShape.image(1, 4, 6);
    for (int c = 0; c < 3; c++) {
      float[] channel = Arrays.copyOfRange(image, 24 * c, 24 * (c + 1));
      assertArrayEquals(
          haar.encode(single, channel), Arrays.copyOfRange(coded, 24 * c, 24 * (c + 1)));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 1, 1", "3, 1, 1", "1, 0.5, 0.25", "2, 0.5, 0.0625"})
  void scalesTheEnergyByTheSquaredScale(int levels, double scale, double energy) {
    DataShape shape = DataShape.image(3, 8, 16);
    float[] image = random(shape.size());
    double expected = energy * energy(image);
    assertEquals(expected, energy(new Haar(levels, scale).encode(shape, image)), 1e-4 * expected);
  }

  @Test
  void scaleOfOneHalfKeepsImagesInRange() {
    DataShape shape = DataShape.image(1, 8, 8);
    for (int i = 0; i < 20; i++) {
      float[] image = new float[shape.size()];
      var random = new RandomStreams(i).stream("signs");
      for (int j = 0; j < image.length; j++) {
        image[j] = i == 0 || random.nextBoolean() ? 1 : -1;
      }
      for (float value : new Haar(3, 0.5).encode(shape, image)) {
        assertTrue(Math.abs(value) <= 1, "is " + value);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 3, 4", "1, 4, 3", "2, 4, 6", "2, 6, 4", "3, 4, 4"})
  void refusesImagesThatCannotBeHalved(int levels, int height, int width) {
    DataShape shape = DataShape.image(3, height, width);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new Haar(levels, 0.5).encodedShape(shape));
    assertEquals(
        "haar with levels = %d needs images with height and width divisible by %d; got data of shape 3x%dx%d"
            .formatted(levels, 1 << levels, height, width),
        e.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> new Haar(1, 0.5).encodedShape(DataShape.point(2)));
  }

  private static double energy(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }

  private static float[] random(int count) {
    var random = new RandomStreams(5).stream("image");
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat(-1, 1);
    }
    return values;
  }
}
