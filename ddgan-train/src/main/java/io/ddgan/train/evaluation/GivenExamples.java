package io.ddgan.train.evaluation;

import io.ddgan.api.DataShape;
import io.ddgan.api.Evidence.Producer;
import io.ddgan.api.Examples;
import io.ddgan.train.data.Readers;
import java.io.IOException;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** Examples that were made before, such as pictures in a folder, or a data set's. */
public final class GivenExamples implements Generated {

  private static final int BATCH = 64;

  private final Examples examples;
  private final Readers readers;
  private final IntUnaryOperator order;

  /** Examples in their own order. */
  public GivenExamples(Examples examples, Readers readers) {
    this(examples, readers, IntUnaryOperator.identity());
  }

  /**
   * Examples in another order.
   *
   * @param order the example that is at a place
   */
  GivenExamples(Examples examples, Readers readers, IntUnaryOperator order) {
    this.examples = examples;
    this.readers = readers;
    this.order = order;
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
  public void read(int first, int count, float[] out) throws IOException {
    int each = shape().size();
    readers.read(count, i -> examples.read(order.applyAsInt(first + i), out, i * each));
  }

  @Override
  public Optional<Producer> producer() {
    return Optional.empty();
  }

  @Override
  public String fingerprint() throws IOException {
    return examples.fingerprint();
  }
}
