package io.ddgan.app.evaluation;

import io.ddgan.api.DataShape;
import io.ddgan.api.Evidence.Producer;
import io.ddgan.api.Labels;
import io.ddgan.train.sampling.Generated;
import java.io.IOException;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.apache.commons.io.function.IOSupplier;

/** The samples of a generator, which others make when the first of them is read. */
final class MadeElsewhere implements Generated {

  private final Generated here;
  private final IOSupplier<float[]> others;
  private float[] made = {};

  /**
   * Samples that are not made yet.
   *
   * @param here the same, as this process would make them
   * @param others make as many as will be read
   */
  MadeElsewhere(Generated here, IOSupplier<float[]> others) {
    this.here = here;
    this.others = others;
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
  public void read(int first, int count, float[] out, DoubleConsumer progress) throws IOException {
    if (made.length == 0) {
      made = others.get();
    }
    int size = shape().size();
    System.arraycopy(made, first * size, out, 0, count * size);
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
