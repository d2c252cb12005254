package io.ddgan.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.random.RandomStreams;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SampleNoiseTest {

  private static final int LONG = 20_000;

  @Test
  void interpolationEndsAtBothNoises() {
    SampleNoise one = drawn(1);
    SampleNoise other = drawn(2);
    assertArrayEquals(one.start(), one.interpolate(other, 0).start());
    assertArrayEquals(other.latent(1), one.interpolate(other, 1).latent(1), 1e-6f);
    assertEquals(1, one.interpolate(other, 1).label(), "the class stays");
    double square = 0;
    for (float value : one.interpolate(other, 0.3).start()) {
      square += value * value / (double) LONG;
    }
    assertEquals(1, square, 0.03, "normal numbers stay so");
    SampleNoise another = new SampleNoise(new float[3], List.of(), List.of(), 0);
    assertThrows(RefusedException.class, () -> one.interpolate(another, 0.5));
  }

  @Test
  void transformsAllLatentVectors() {
    SampleNoise still = drawn(1).withLatents(own -> new float[own.length]);
    assertEquals(0, still.latent(1)[2]);
    assertArrayEquals(drawn(1).noise(1), still.noise(1));
  }

  private static SampleNoise drawn(int seed) {
    RandomGenerator random = new RandomStreams(seed).stream("origin");
    List<float[]> latents = List.of(normal(random, 3), normal(random, 3));
    List<float[]> noises = List.of(normal(random, LONG), normal(random, LONG));
    return new SampleNoise(normal(random, LONG), latents, noises, seed);
  }

  private static float[] normal(RandomGenerator random, int length) {
    float[] all = new float[length];
    for (int i = 0; i < length; i++) {
      all[i] = (float) random.nextGaussian();
    }
    return all;
  }
}
