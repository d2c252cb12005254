package io.ddgan.eval;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.Labels;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.Readers;
import io.ddgan.train.sampling.Generated;
import java.io.IOException;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.IntUnaryOperator;

/**
 * Examples that were made before, such as pictures in a folder, or a data set's.
 *
 * @param order the example that is at a place
 * @param areAsked whether the examples stand for generated ones of their classes
 */
public record GivenExamples(
    Examples examples, Readers readers, IntUnaryOperator order, boolean areAsked)
    implements Generated {

  private static final int BATCH = 64;

  /** Examples in their own order. */
  public GivenExamples(Examples examples, Readers readers) {
    this(examples, readers, IntUnaryOperator.identity(), false);
  }

  /** A data set in a random order that is always the same. */
  static GivenExamples shuffled(Examples examples, Readers readers) {
    int[] order = order(examples.size());
    return new GivenExamples(examples, readers, i -> order[i], false);
  }

  /** The same order from its end: examples that are not among the first, as long as these last. */
  static GivenExamples others(Examples examples, Readers readers) {
    int[] order = order(examples.size());
    return new GivenExamples(examples, readers, i -> order[order.length - 1 - i], true);
  }

  /** The order in which {@link #shuffled} has them: the example that is at each place. */
  static int[] order(int size) {
    return RandomStreams.permutation(size, new RandomStreams(0).stream("reference"));
  }

  @Override
  public DataShape shape() {
    return examples.shape();
  }

  @Override
  public int size() {
    return examples.size();
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public void read(int first, int count, float[] out, DoubleConsumer progress) throws IOException {
    int each = shape().size();
    readers.read(count, i -> examples.read(order.applyAsInt(first + i), out, i * each));
  }

  /** Real examples of a class are what was asked for where they stand for generated ones. */
  @Override
  public Optional<Labels> asked() {
    return areAsked
        ? examples
            .labels()
            .map(all -> new Labels(all.classes(), i -> all.label(order.applyAsInt(i)), all.names()))
        : Optional.empty();
  }
}
