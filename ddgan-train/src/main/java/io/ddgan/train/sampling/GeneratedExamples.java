package io.ddgan.train.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.Labels;
import io.ddgan.api.MetricInput.Producer;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.apache.commons.io.function.IOSupplier;

/** The samples that a generator draws from a seed. */
public final class GeneratedExamples implements EvaluatedExamples, Producer {

  private final SamplingLoop synthesis;
  private final RandomStreams random;
  private final Optional<IOSupplier<float[]>> others;
  private float[] made = {};

  /** Samples of which others, if any, make all that will be read when the first is read. */
  public GeneratedExamples(
      SamplingLoop synthesis, RandomStreams random, Optional<IOSupplier<float[]>> others) {
    this.synthesis = synthesis;
    this.random = random;
    this.others = others;
  }

  @Override
  public DataShape shape() {
    return synthesis.shape();
  }

  @Override
  public int size() {
    return Integer.MAX_VALUE;
  }

  @Override
  public int batch() {
    return synthesis.batch();
  }

  @Override
  public void read(int first, int count, float[] out, DoubleConsumer progress) throws IOException {
    if (others.isPresent()) {
      made = made.length == 0 ? others.get().get() : made;
      int size = shape().size();
      System.arraycopy(made, first * size, out, 0, count * size);
      return;
    }
    float[] samples =
        synthesis.sample(
            random,
            first,
            count,
            Optional.empty(),
            (what, done, total) -> progress.accept(done / (double) total));
    System.arraycopy(samples, 0, out, 0, samples.length);
  }

  @Override
  public Optional<Labels> requestedClasses() {
    int classes = synthesis.classes();
    return classes == 0
        ? Optional.empty()
        : Optional.of(new Labels(classes, k -> synthesis.label(random, k)));
  }

  @Override
  public Optional<Producer> producer() {
    return Optional.of(this);
  }

  @Override
  public int networkEvaluations() {
    return synthesis.path().size();
  }

  @Override
  public void generate(int count) {
    synthesis.sample(random, 0, count);
  }
}
