package io.ddgan.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {

  private static final RandomStreams STREAMS = new RandomStreams(17);

  @Test
  void streamsDependOnlyOnPurposeCounterAndSeed() {
    double[] numbers = numbers(STREAMS, "noise", 3);
    assertOther(numbers, numbers(STREAMS, "time", 3));
    assertOther(numbers, numbers(STREAMS, "noise", 4));
    assertOther(numbers, numbers(new RandomStreams(18), "noise", 3));
    assertArrayEquals(numbers, numbers(new RandomStreams(17), "noise", 3));
    assertEquals(STREAMS.stream("once", 0).nextLong(), STREAMS.stream("once").nextLong());
  }

  /**
   * A batch takes one number from each of many streams; they must be as random as those of one
   * stream.
   */
  @Test
  void firstNumbersOfManyStreamsAreIndependent() {
    double[] values = new double[20_000];
    Arrays.setAll(values, i -> STREAMS.stream("latent", i).nextGaussian());
    assertEquals(0, Arrays.stream(values).average().orElseThrow(), 0.03);
    assertEquals(1, Arrays.stream(values).map(x -> x * x).average().orElseThrow(), 0.05);
    double product = 0;
    for (int i = 1; i < values.length; i++) {
      product += values[i - 1] * values[i];
    }
    assertEquals(0, product / values.length, 0.03);
  }

  /** Runs of earlier versions resume with the same order. */
  @Test
  void shuffledOrderIsStable() {
    int[] numbers = {0, 1, 2, 3, 4, 5, 6, 7};
    RandomStreams.shuffle(numbers, STREAMS.stream("shuffle", 1));
    assertArrayEquals(new int[] {0, 2, 4, 1, 3, 7, 6, 5}, numbers);
  }

  /** Baselines and mixtures of earlier versions used the same examples. */
  @Test
  void drawnOrdersAreStable() {
    RandomStreams streams = new RandomStreams(7);
    assertArrayEquals(
        new int[] {0, 6, 4, 1, 3, 7, 5, 2},
        RandomStreams.permutation(8, streams.stream("permutation", 1)));
    assertArrayEquals(
        new int[] {3, 1, 6, 2, 4},
        RandomStreams.sampleWithoutReplacement(5, 9, streams.stream("chosen", 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> RandomStreams.sampleWithoutReplacement(10, 9, streams.stream("chosen", 1)));
  }

  private static void assertOther(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      assertFalse(a[i] == b[i]);
    }
  }

  private static double[] numbers(RandomStreams streams, String purpose, long counter) {
    return streams.stream(purpose, counter).doubles(8).toArray();
  }
}
