package io.ddgan.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.DataShape;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchesTest {

  @ParameterizedTest
  @CsvSource({"10, 5", "10, 3", "10, 10", "3, 8", "1, 4", "7, 1"})
  void everyEpochVisitsAllExamplesOnce(int examples, int batch) {
    Batches batches = batches(examples, 0, batch);
    int[] visited =
        IntStream.range(0, examples)
            .flatMap(step -> Arrays.stream(batches.indices(step)))
            .toArray();
    for (int epoch = 0; epoch < batch; epoch++) {
      int[] order = Arrays.copyOfRange(visited, epoch * examples, (epoch + 1) * examples);
      assertArrayEquals(
          IntStream.range(0, examples).toArray(), Arrays.stream(order).sorted().toArray());
    }
  }

  @Test
  void everyEpochHasAnOrderOfItsOwn() {
    Batches batches = batches(100, 0, 100);
    assertFalse(Arrays.equals(batches.indices(0), batches.indices(1)));
  }

  @Test
  void anotherSeedGivesAnotherOrder() {
    assertFalse(Arrays.equals(batches(100, 0, 100).indices(0), batches(100, 1, 100).indices(0)));
  }

  @Test
  void aBatchDependsOnTheSeedAndTheStepAloneWhateverWasReadBefore() {
    Batches forwards = batches(10, 5, 4);
    int[][] expected = IntStream.range(0, 20).mapToObj(forwards::indices).toArray(int[][]::new);
    Batches backwards = batches(10, 5, 4);
    for (int step = 19; step >= 0; step--) {
      assertArrayEquals(expected[step], backwards.indices(step));
      assertArrayEquals(expected[step], batches(10, 5, 4).indices(step), "resumed at " + step);
    }
  }

  @Test
  void theExamplesOfABatchLieOneAfterTheOther() throws IOException {
    Batches batches = batches(10, 0, 4);
    int[] indices = batches.indices(2);
    float[] values = batches.read(2);
    assertEquals(8, values.length);
    for (int i = 0; i < 4; i++) {
      assertEquals(2 * indices[i], values[2 * i]);
      assertEquals(2 * indices[i] + 1, values[2 * i + 1]);
    }
  }

  @Test
  void aBatchHasAtLeastOneExample() {
    assertThrows(IllegalArgumentException.class, () -> batches(10, 0, 0));
  }

  private static Batches batches(int examples, long seed, int batch) {
    float[] values = new float[2 * examples];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return new Batches(
        new InMemoryExamples(DataShape.point(2), values, Optional.empty()),
        new RandomStreams(seed),
        batch);
  }
}
