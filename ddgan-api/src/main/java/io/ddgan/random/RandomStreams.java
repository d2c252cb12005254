package io.ddgan.random;

import io.ddgan.internal.file.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
   * A new generator at the start of the stream of one of many draws of a purpose, such as {@code
   * "noise"} of a step.
   */
  public RandomGenerator stream(String purpose, long counter) {
    byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
    ByteBuffer key = ByteBuffer.allocate(2 * Long.BYTES + name.length);
    key.putLong(seed).putLong(counter).put(name);
    return RandomGeneratorFactory.of(ALGORITHM).create(Sha256.digest().digest(key.array()));
  }

  /** The numbers from 0 to size - 1 in a random order, by the algorithm of Fisher and Yates. */
  public static int[] permutation(int size, RandomGenerator random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) { // inside out
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** {@code count} different ones of the numbers from 0 to size - 1, in a random order. */
  public static int[] sampleWithoutReplacement(int count, int size, RandomGenerator random) {
    if (count < 0 || count > size) {
      throw new IllegalArgumentException("%d of %d numbers".formatted(count, size));
    }
    int[] numbers = new int[size];
    Arrays.setAll(numbers, i -> i);
    for (int i = 0; i < count; i++) { // Fisher and Yates, to where it is wanted
      swap(numbers, i, random.nextInt(i, size));
    }
    return Arrays.copyOf(numbers, count);
  }

  /** Brings numbers into a random order, by the algorithm of Fisher and Yates. */
  public static void shuffle(int[] numbers, RandomGenerator random) {
    for (int i = numbers.length - 1; i > 0; i--) {
      swap(numbers, i, random.nextInt(i + 1));
    }
  }

  private static void swap(int[] numbers, int one, int other) {
    int swapped = numbers[one];
    numbers[one] = numbers[other];
    numbers[other] = swapped;
  }
}
