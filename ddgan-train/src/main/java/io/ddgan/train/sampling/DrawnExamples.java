package io.ddgan.train.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.Evidence.Producer;
import io.ddgan.api.Labels;
import io.ddgan.random.RandomStreams;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** The samples that a generator draws from a seed. */
public record DrawnExamples(Synthesis synthesis, RandomStreams random)
    implements Generated, Producer {

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
  public void read(int first, int count, float[] out, DoubleConsumer progress) {
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
  public Optional<Labels> asked() {
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
  public int evaluations() {
    return synthesis.path().size();
  }

  @Override
  public void generate(int count) {
    synthesis.sample(random, 0, count);
  }
}
