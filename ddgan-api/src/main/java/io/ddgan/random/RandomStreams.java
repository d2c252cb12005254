package io.ddgan.random;

import io.ddgan.file.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Every random draw of a run. A stream is named by its purpose and a counter (a step, an epoch or
 * the index of a sample), so that a draw depends on the seed and that name alone, never on what was
 * drawn before: an interrupted run that goes on, or a sample in another batch, draws the same
 * numbers.
 *
 * @param seed the run's seed
 */
public record RandomStreams(long seed) {

  private static final String ALGORITHM = "L64X128MixRandom";

  /** The stream for a purpose that occurs once. */
  public RandomGenerator stream(String purpose) {
    return stream(purpose, 0);
  }

  /**
   * The stream for one of many draws of the same purpose.
   *
   * @param purpose what is drawn, such as {@code "noise"}
   * @param counter which of the draws of that purpose, such as the step
   * @return a new generator at the start of the stream
   */
  public RandomGenerator stream(String purpose, long counter) {
    byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
    ByteBuffer key = ByteBuffer.allocate(2 * Long.BYTES + name.length);
    key.putLong(seed).putLong(counter).put(name);
    return RandomGeneratorFactory.of(ALGORITHM).create(Sha256.digest().digest(key.array()));
  }

  /** Brings numbers into a random order, by the algorithm of Fisher and Yates. */
  public static void shuffle(int[] numbers, RandomGenerator random) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = swapped;
    }
  }
}
