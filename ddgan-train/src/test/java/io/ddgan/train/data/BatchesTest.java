package io.ddgan.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.DataShape;
import io.ddgan.api.Labels;
import io.ddgan.api.OpenDataset;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.io.function.IOIntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BatchesTest {

  private final Readers readers = Readers.start(3);

  @AfterEach
  void endReaders() {
    readers.close();
  }

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
  void orderDependsOnEpochAndSeed() {
    Batches batches = batches(100, 0, 100);
    assertFalse(Arrays.equals(batches.indices(0), batches.indices(1)));
    assertFalse(Arrays.equals(batches.indices(0), batches(100, 1, 100).indices(0)));
  }

  @Test
  void batchesDependOnlyOnSeedAndStep() {
    Batches forwards = batches(10, 5, 4);
    int[][] expected = IntStream.range(0, 20).mapToObj(forwards::indices).toArray(int[][]::new);
    Batches backwards = batches(10, 5, 4);
    for (int step = 19; step >= 0; step--) {
      assertArrayEquals(expected[step], backwards.indices(step));
      assertArrayEquals(expected[step], batches(10, 5, 4).indices(step), "resumed at " + step);
    }
  }

  @Test
  void flipsHalfOfMirroredImages() throws IOException {
    Batches batches = batches(new Stairs(true), 0, 400);
    float[] images = batches.read(5).values();
    int mirrored = 0;
    for (int i = 0; i < images.length; i += 6) {
      boolean isMirrored = images[i] == 2;
      float[] expected =
          isMirrored ? new float[] {2, 1, 0, 5, 4, 3} : new float[] {0, 1, 2, 3, 4, 5};
      assertArrayEquals(expected, Arrays.copyOfRange(images, i, i + 6));
      mirrored += isMirrored ? 1 : 0;
    }
    assertEquals(200, mirrored, 40, "of 400");
    assertArrayEquals(images, batches.read(5).values(), "a batch is a function of its step");
    assertFalse(Arrays.equals(images, batches.read(6).values()));
  }

  @Test
  void neverFlipsOtherImages() throws IOException {
    float[] images = batches(new Stairs(false), 0, 100).read(0).values();
    for (int i = 0; i < images.length; i++) {
      assertEquals(i % 6, images[i]);
    }
  }

  @Test
  void encodesABatchAfterFlipping() throws IOException {
    float[] images = batches(new Stairs(true), 0, 40).read(5).values();
    Batches encoded =
        new Batches(
            new Stairs(true),
            readers,
            new RandomStreams(0),
            40,
            values -> Arrays.copyOf(values, values.length / 2));
    assertArrayEquals(Arrays.copyOf(images, 20 * 6), encoded.read(5).values());
  }

  @Test
  void readsTheClassesOfABatch() throws IOException {
    Batches batches = batches(new Numbered(10), 0, 4);
    for (int step = 0; step < 6; step++) {
      int[] indices = batches.indices(step);
      assertArrayEquals(
          Arrays.stream(indices).map(i -> i % 3).toArray(), batches.read(step).labels());
    }
    assertArrayEquals(new int[4], batches(10, 0, 4).read(0).labels(), "without classes");
  }

  /** Points with their index modulo 3 as class. */
  private record Numbered(int size) implements OpenDataset {

    @Override
    public DataShape shape() {
      return DataShape.point(1);
    }

    @Override
    public void read(int index, float[] out, int offset) {
      out[offset] = index;
    }

    @Override
    public Optional<Labels> labels() {
      return Optional.of(new Labels(3, index -> index % 3));
    }
  }

  /** One image, {@code 0 1 2} above {@code 3 4 5}. */
  private record Stairs(boolean isMirrorable) implements OpenDataset {

    @Override
    public DataShape shape() {
      return DataShape.image(1, 2, 3);
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public void read(int index, float[] out, int offset) {
      for (int i = 0; i < 6; i++) {
        out[offset + i] = i;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void batchesDoNotDependOnTheNumberOfReaders(int count) throws IOException {
    RandomStreams random = new RandomStreams(3);
    try (Readers some = Readers.start(count)) {
      Batches batches = new Batches(new Pairs(100, i -> {}), some, random, 64, values -> values);
      for (int step = 0; step < 20; step++) {
        int[] indices = batches.indices(step);
        RandomGenerator flips = random.stream("flip", step);
        float[] expected = new float[2 * 64];
        for (int i = 0; i < 64; i++) {
          int mirrored = flips.nextBoolean() ? 1 : 0;
          expected[2 * i + mirrored] = 2 * indices[i];
          expected[2 * i + 1 - mirrored] = 2 * indices[i] + 1;
        }
        assertArrayEquals(expected, batches.read(step).values());
      }
    }
  }

  @Test
  void readsTheExamplesOfABatchInParallel() throws IOException {
    CyclicBarrier three = new CyclicBarrier(3);
    Batches batches = batches(new Pairs(30, i -> meet(three)), 0, 30);
    assertEquals(
        2 * 30, batches.read(0).values().length, "each waits until two others are read, too");
  }

  private static void meet(CyclicBarrier others) {
    try {
      others.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void namesTheFirstUnreadableExampleOfABatch() {
    for (int attempt = 0; attempt < 100; attempt++) {
      AtomicInteger reading = new AtomicInteger();
      Pairs pairs =
          new Pairs(
              50,
              i -> {
                reading.incrementAndGet();
                try {
                  if (i % 5 == 0) {
                    throw new IOException("cannot read " + i);
                  }
                } finally {
                  reading.decrementAndGet();
                }
              });
      Batches batches = batches(pairs, attempt, 50);
      int first =
          Arrays.stream(batches.indices(0)).filter(i -> i % 5 == 0).findFirst().orElseThrow();
      IOException e = assertThrows(IOException.class, () -> batches.read(0));
      assertEquals("cannot read " + first, e.getMessage());
      assertEquals(0, reading.get(), "nobody reads any more");
    }
  }

  /** Mirrored images of two pixels, {@code 2i 2i+1}. */
  private record Pairs(int size, IOIntConsumer before) implements OpenDataset {

    @Override
    public DataShape shape() {
      return DataShape.image(1, 1, 2);
    }

    @Override
    public void read(int index, float[] out, int offset) throws IOException {
      before.accept(index);
      out[offset] = 2 * index;
      out[offset + 1] = 2 * index + 1;
    }

    @Override
    public boolean isMirrorable() {
      return true;
    }
  }

  private Batches batches(int examples, long seed, int batch) {
    float[] values = new float[2 * examples];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return batches(new InMemoryExamples(DataShape.point(2), values, Optional.empty()), seed, batch);
  }

  private Batches batches(OpenDataset examples, long seed, int batch) {
    return new Batches(examples, readers, new RandomStreams(seed), batch, values -> values);
  }
}
