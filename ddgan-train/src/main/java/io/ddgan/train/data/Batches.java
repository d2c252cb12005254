package io.ddgan.train.data;

import io.ddgan.api.OpenDataset;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The real examples of every training step, which depend only on the seed and the step. Each epoch
 * visits all examples in a new random order. A batch may span two epochs, so no example is dropped.
 */
public final class Batches {

  private final OpenDataset examples;
  private final Readers readers;
  private final RandomStreams random;
  private final int batch;
  private final UnaryOperator<float[]> encode;
  private volatile Epoch current;

  /**
   * Creates the batches of a data set.
   *
   * @param random draws the order of every epoch from its stream {@code "shuffle"}
   * @param batch number of examples in a batch, at least 1
   * @param encode encodes the examples of a batch for the networks
   */
  public Batches(
      OpenDataset examples,
      Readers readers,
      RandomStreams random,
      int batch,
      UnaryOperator<float[]> encode) {
    this.examples = examples;
    this.readers = readers;
    this.random = random;
    this.batch = batch;
    this.encode = encode;
    this.current = new Epoch(0, order(0));
  }

  /** Returns the indices of the examples in the batch of a step, at least 0. */
  public int[] indices(long step) {
    long first = Math.multiplyExact(step, (long) batch);
    return IntStream.range(0, batch).map(i -> index(first + i)).toArray();
  }

  /**
   * A batch of examples.
   *
   * @param values the examples one after the other, {@code [batch, ...shape]}
   * @param labels the class of each example; zeros where the data has none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Read(float[] values, int[] labels) {}

  /**
   * Reads the batch of a step, at least 0. Images of mirrored data sets are flipped with
   * probability 1/2.
   */
  public Read read(long step) throws IOException {
    int size = examples.shape().size();
    float[] values = new float[Math.multiplyExact(batch, size)];
    int[] indices = indices(step);
    boolean[] flips = flips(step);
    readers.read(
        batch,
        i -> {
          examples.read(indices[i], values, i * size);
          if (flips[i]) {
            mirror(values, i * size);
          }
        });
    return new Read(encode.apply(values), labels(indices));
  }

  private int[] labels(int[] indices) {
    return examples
        .labels()
        .map(labels -> IntStream.of(indices).map(labels::label).toArray())
        .orElseGet(() -> new int[batch]);
  }

  /** Draws the flips before reading, because examples are read in any order. */
  private boolean[] flips(long step) {
    boolean[] flips = new boolean[batch];
    if (examples.isMirrorable()) {
      RandomGenerator stream = random.stream("flip", step);
      for (int i = 0; i < batch; i++) {
        flips[i] = stream.nextBoolean();
      }
    }
    return flips;
  }

  /** Reverses the rows of an image. */
  private void mirror(float[] values, int offset) {
    int width = examples.shape().width();
    for (int row = offset; row < offset + examples.shape().size(); row += width) {
      for (int left = row, right = row + width - 1; left < right; left++, right--) {
        float value = values[left];
        values[left] = values[right];
        values[right] = value;
      }
    }
  }

  private int index(long position) {
    long number = position / examples.size();
    Epoch epoch = current;
    if (epoch.number != number) {
      epoch = new Epoch(number, order(number));
      current = epoch;
    }
    return epoch.order[(int) (position % examples.size())];
  }

  private int[] order(long epoch) {
    int[] order = IntStream.range(0, examples.size()).toArray();
    RandomStreams.shuffle(order, random.stream("shuffle", epoch));
    return order;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Epoch(long number, int[] order) {}
}
