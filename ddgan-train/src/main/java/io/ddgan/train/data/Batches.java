package io.ddgan.train.data;

import io.ddgan.api.Examples;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The real examples of every training step, as a function of the seed and the step alone. Each
 * epoch visits all examples in an order of its own; batches run through the epochs one after the
 * other, so that a batch may straddle two of them and no example is left out.
 */
public final class Batches {

  private final Examples examples;
  private final Readers readers;
  private final RandomStreams random;
  private final int batch;
  private final UnaryOperator<float[]> encode;
  private volatile Epoch current;

  /**
   * Batches of a data set.
   *
   * @param random draws the order of every epoch from its stream {@code "shuffle"}
   * @param batch number of examples in a batch, at least 1
   * @param encode makes of all examples of a batch what the networks see
   */
  public Batches(
      Examples examples,
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

  /** Indices of the examples of a step's batch, for a step from 0 on. */
  public int[] indices(long step) {
    long first = Math.multiplyExact(step, (long) batch);
    return IntStream.range(0, batch).map(i -> index(first + i)).toArray();
  }

  /**
   * A batch that was read.
   *
   * @param values the examples one after the other, {@code [batch, ...shape]}
   * @param labels the class of each example; zeros where the data has none
   */
  @SuppressWarnings("ArrayRecordComponent") // made for every step, and compared by nobody
  public record Read(float[] values, int[] labels) {}

  /**
   * Reads the batch of a step, for a step from 0 on. Where mirror images are as good, half of the
   * images are mirrored.
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

  /** Drawn before the reading, because examples are read in any order. */
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

  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Epoch(long number, int[] order) {}
}
