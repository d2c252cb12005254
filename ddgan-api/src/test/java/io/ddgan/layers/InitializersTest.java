package io.ddgan.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.Initializer;
import io.ddgan.random.RandomStreams;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializersTest {

  private static RandomGenerator random() {
    return new RandomStreams(1).stream("first values");
  }

  private static float[] values(Initializer initializer, long... shape) {
    return initializer.values(shape, random());
  }

  /**
   * Bounds by hand: the root of 3 * scale / fan, with fan = (8 + 4) * 3 * 3 / 2 and (8 + 4) / 2.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 3, 0.2357022603955158",
    "4, 1, 1.4142135623730951",
    "0, 1, 7.0710678118654756e-6"
  })
  void fanAveragesFollowTheShape(double scale, long kernel, double bound) {
    float[] values = values(Initializers.fanAverage(scale), 8, 4, kernel, kernel);
    RandomGenerator random = random();
    assertEquals(32 * kernel * kernel, values.length);
    for (float value : values) {
      assertEquals((2 * random.nextDouble() - 1) * bound, value, 1e-6 * bound);
    }
  }

  @Test
  void drawsUniformNormalAndConstantValues() {
    double[] uniform = sorted(Initializers.uniform(0.5));
    assertEquals(-0.5, uniform[0], 0.01);
    assertEquals(0.5, uniform[uniform.length - 1], 0.01);
    double[] normal = sorted(Initializers.normal(3));
    double variance = DoubleStream.of(normal).map(x -> x * x).average().orElseThrow();
    double within = DoubleStream.of(normal).filter(x -> Math.abs(x) < 3).count() / 4096.0;
    assertEquals(3, Math.sqrt(variance), 0.15);
    assertEquals(0.683, within, 0.03);
    assertArrayEquals(new float[] {2, 2, 2, 2}, values(Initializers.constant(2), 2, 2));
    assertArrayEquals(new float[3], values(Initializers.zeros(), 3));
  }

  private static double[] sorted(Initializer initializer) {
    float[] values = values(initializer, 64, 64);
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).sorted().toArray();
  }
}
