package io.ddgan.train.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.Labels;
import io.ddgan.api.MetricInput.Producer;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.apache.commons.io.function.IOSupplier;

/** The samples of a generator and a seed. */
public final class GeneratedExamples implements EvaluatedExamples, Producer {

  private final SamplingLoop loop;
  private final RandomStreams random;
  private final Optional<IOSupplier<float[]>> others;
  private float[] generated = {};

  /** Creates the samples; {@code others}, if present, generates all of them on the first read. */
  public GeneratedExamples(
      SamplingLoop loop, RandomStreams random, Optional<IOSupplier<float[]>> others) {
    this.loop = loop;
    this.random = random;
    this.others = others;
  }

  @Override
  public DataShape shape() {
    return loop.shape();
  }

  @Override
  public int size() {
    return Integer.MAX_VALUE;
  }

  @Override
  public int batch() {
    return loop.batch();
  }

  @Override
  public void read(int first, int count, float[] out, DoubleConsumer progress) throws IOException {
    if (others.isPresent()) {
      generated = generated.length == 0 ? others.get().get() : generated;
      int size = shape().size();
      System.arraycopy(generated, first * size, out, 0, count * size);
      return;
    }
    float[] samples =
        loop.sample(
            random,
            first,
            count,
            Optional.empty(),
            (what, done, total) -> progress.accept(done / (double) total));
    System.arraycopy(samples, 0, out, 0, samples.length);
  }

  @Override
  public Optional<Labels> requestedClasses() {
    int classes = loop.classes();
    return classes == 0
        ? Optional.empty()
        : Optional.of(new Labels(classes, k -> loop.label(random, k)));
  }

  @Override
  public Optional<Producer> producer() {
    return Optional.of(this);
  }

  @Override
  public int networkEvaluations() {
    return loop.path().size();
  }

  @Override
  public void generate(int count) {
    loop.sample(random, 0, count);
  }
}
