package io.ddgan.app.evaluation;

import io.ddgan.api.DataShape;
import io.ddgan.api.Evidence.Producer;
import io.ddgan.api.Labels;
import io.ddgan.train.sampling.Generated;
import io.ddgan.train.sampling.TrainedGenerator;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** The samples of a generator, which something else makes when the first is read. */
final class MadeElsewhere implements Generated {

  private final Generated here;
  private final Maker maker;
  private final TrainedGenerator generator;
  private final long seed;
  private final int count;
  private float[] made = {};

  /**
   * Samples that are not made yet.
   *
   * @param here the same, as this process would make them
   * @param count how many are made
   */
  MadeElsewhere(Generated here, Maker maker, TrainedGenerator generator, long seed, int count) {
    this.here = here;
    this.maker = maker;
    this.generator = generator;
    this.seed = seed;
    this.count = count;
  }

  @Override
  public DataShape shape() {
    return here.shape();
  }

  @Override
  public int size() {
    return here.size();
  }

  @Override
  public int batch() {
    return here.batch();
  }

  @Override
  public void read(int first, int number, float[] out) throws IOException {
    if (made.length == 0) {
      made =
          maker
              .make(generator, seed, count)
              .orElseThrow(() -> new CancellationException("the examples were not made"));
    }
    System.arraycopy(made, first * shape().size(), out, 0, number * shape().size());
  }

  @Override
  public Optional<Labels> asked() {
    return here.asked();
  }

  @Override
  public Optional<Producer> producer() {
    return here.producer();
  }
}
