package io.ddgan.eval;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.Fingerprint;
import io.ddgan.api.Labels;
import io.ddgan.api.Moments;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.Readers;
import io.ddgan.train.sampling.EvaluatedExamples;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.IntUnaryOperator;

/**
 * What generated examples are compared with: a data set, only the statistics of its features, or
 * nothing.
 *
 * @param name what people call it
 * @param opened the data set, if it is here, which is closed with this
 * @param moments mean and covariance of its features, if only they are known
 */
public record Reference(String name, Optional<Examples> opened, Optional<Moments> moments)
    implements AutoCloseable {

  /** A data set. */
  public static Reference of(String name, Examples examples) {
    return new Reference(name, Optional.of(examples), Optional.empty());
  }

  /** Nothing, for metrics that compare with nothing. */
  public static Reference none() {
    return new Reference("nothing", Optional.empty(), Optional.empty());
  }

  /** The examples of the data set that generated ones are compared with. */
  public Optional<Examples> examples() {
    return opened.map(Examples::cleanExamples);
  }

  /** The examples as they are, to be measured themselves. */
  public EvaluatedExamples given(Readers readers) {
    return new Given(examples().orElseThrow(), readers, IntUnaryOperator.identity(), false);
  }

  /** The examples in a random order that is always the same. */
  EvaluatedExamples shuffled(Readers readers) {
    int[] order = order();
    return new Given(examples().orElseThrow(), readers, i -> order[i], false);
  }

  /** The same order from its end: examples that are not among the first, as long as these last. */
  EvaluatedExamples others(Readers readers) {
    int[] order = order();
    return new Given(
        examples().orElseThrow(), readers, i -> order[order.length - 1 - i], /* areAsked= */ true);
  }

  /** The order in which {@link #shuffled} has them: the example that is at each place. */
  int[] order() {
    int size = examples().orElseThrow().size();
    return RandomStreams.permutation(size, new RandomStreams(0).stream("reference"));
  }

  /**
   * Examples that were made before.
   *
   * @param order the example that is at a place
   * @param areAsked whether the examples stand for generated ones, of the classes that were asked
   */
  private record Given(Examples examples, Readers readers, IntUnaryOperator order, boolean areAsked)
      implements EvaluatedExamples {

    private static final int BATCH = 64;

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
    public void read(int first, int count, float[] out, DoubleConsumer progress)
        throws IOException {
      int each = shape().size();
      readers.read(count, i -> examples.read(order.applyAsInt(first + i), out, i * each));
    }

    @Override
    public Optional<Labels> asked() {
      return examples
          .labels()
          .filter(all -> areAsked)
          .map(all -> new Labels(all.classes(), i -> all.label(order.applyAsInt(i)), all.names()));
    }
  }

  /** The classes of these examples, if they are known. */
  Optional<Labels> labels() {
    return examples().flatMap(Examples::labels);
  }

  /**
   * Identifies it; this may read the whole data set.
   *
   * @return a SHA-256 in hexadecimal digits
   */
  String fingerprint() throws IOException {
    Fingerprint fingerprint = new Fingerprint();
    if (opened.isPresent()) {
      fingerprint.add(opened.get().cleanExamples().fingerprint());
    }
    moments.ifPresent(
        known ->
            fingerprint
                .add(Arrays.toString(known.mean()))
                .add(Arrays.toString(known.covariance())));
    return fingerprint.hex();
  }

  @Override
  public void close() throws IOException {
    if (opened.isPresent()) {
      opened.get().close();
    }
  }
}
