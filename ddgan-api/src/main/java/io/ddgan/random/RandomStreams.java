package io.ddgan.random;

import io.ddgan.internal.file.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The random streams of a run. A stream depends only on the seed, the name of its purpose and a
 * counter (a step, an epoch or the index of a sample), never on earlier draws. A resumed run draws
 * the same numbers, and so does a sample in another batch.
 *
 * @param seed the run's seed
 */
public record RandomStreams(long seed) {

  private static final String ALGORITHM = "L64X128MixRandom";

  /** Returns the stream of a purpose that occurs once. */
  public RandomGenerator stream(String purpose) {
    return stream(purpose, 0);
  }

  /**
   * Returns a new generator at the start of a stream, such as that of {@code "noise"} in a step.
   */
  public RandomGenerator stream(String purpose, long counter) {
    byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
    ByteBuffer key = ByteBuffer.allocate(2 * Long.BYTES + name.length);
    key.putLong(seed).putLong(counter).put(name);
    return RandomGeneratorFactory.of(ALGORITHM).create(Sha256.digest().digest(key.array()));
  }

  /** Returns a random permutation of 0 to size - 1 (Fisher-Yates). */
  public static int[] permutation(int size, RandomGenerator random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) { // inside-out variant
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Returns {@code count} distinct numbers from 0 to size - 1, in random order. */
  public static int[] sampleWithoutReplacement(int count, int size, RandomGenerator random) {
    if (count < 0 || count > size) {
      throw new IllegalArgumentException("cannot choose %d of %d numbers".formatted(count, size));
    }
    int[] numbers = new int[size];
    Arrays.setAll(numbers, i -> i);
    for (int i = 0; i < count; i++) { // partial Fisher-Yates shuffle
      swap(numbers, i, random.nextInt(i, size));
    }
    return Arrays.copyOf(numbers, count);
  }

  /** Shuffles numbers (Fisher-Yates). */
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
