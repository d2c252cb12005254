package io.ddgan.eval;

import io.ddgan.api.DataShape;
import io.ddgan.api.Hasher;
import io.ddgan.api.Labels;
import io.ddgan.api.Moments;
import io.ddgan.api.OpenDataset;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.Readers;
import io.ddgan.train.sampling.EvaluatedExamples;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.IntUnaryOperator;

/**
 * The reference of an evaluation: a data set, only the statistics of its features, or nothing.
 *
 * @param name its name for people
 * @param opened the data set, if available; closed with this
 * @param moments mean and covariance of its features, if only these are known
 */
public record ReferenceData(String name, Optional<OpenDataset> opened, Optional<Moments> moments)
    implements AutoCloseable {

  /** Returns a data set as the reference. */
  public static ReferenceData of(String name, OpenDataset examples) {
    return new ReferenceData(name, Optional.of(examples), Optional.empty());
  }

  /** Returns an empty reference, for metrics that need none. */
  public static ReferenceData none() {
    return new ReferenceData("nothing", Optional.empty(), Optional.empty());
  }

  /** Returns the real examples that generated ones are compared with. */
  public Optional<OpenDataset> examples() {
    return opened.map(OpenDataset::cleanExamples);
  }

  /** Returns the examples in their order, as the evaluated set. */
  public EvaluatedExamples given(Readers readers) {
    return new Given(examples().orElseThrow(), readers, IntUnaryOperator.identity(), false);
  }

  /** Returns the examples in a fixed random order. */
  EvaluatedExamples shuffled(Readers readers) {
    int[] order = order();
    return new Given(examples().orElseThrow(), readers, i -> order[i], false);
  }

  /**
   * Returns the examples in reverse random order, which keeps them disjoint from the first ones.
   */
  EvaluatedExamples others(Readers readers) {
    int[] order = order();
    return new Given(
        examples().orElseThrow(), readers, i -> order[order.length - 1 - i], /* areAsked= */ true);
  }

  /** Returns the order of {@link #shuffled}: the index of the example at each position. */
  int[] order() {
    int size = examples().orElseThrow().size();
    return RandomStreams.permutation(size, new RandomStreams(0).stream("reference"));
  }

  /**
   * Stored examples.
   *
   * @param order maps a position to an example
   * @param areAsked whether the examples stand for generated ones of the requested classes
   */
  private record Given(
      OpenDataset examples, Readers readers, IntUnaryOperator order, boolean areAsked)
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
    public Optional<Labels> requestedClasses() {
      return examples
          .labels()
          .filter(all -> areAsked)
          .map(all -> new Labels(all.classes(), i -> all.label(order.applyAsInt(i)), all.names()));
    }
  }

  /** Returns the classes of the real examples, if known. */
  Optional<Labels> labels() {
    return examples().flatMap(OpenDataset::labels);
  }

  /**
   * Returns a SHA-256 in hexadecimal digits that identifies the reference. May read the whole data
   * set.
   */
  String fingerprint() throws IOException {
    Hasher fingerprint = new Hasher();
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
