package io.ddgan.eval.classifier;

import org.nd4j.linalg.schedule.ISchedule;

/**
 * A learning rate that falls to 0 along half a cosine (Loshchilov and Hutter, 2017). The library's
 * polynomial schedule would rise instead.
 *
 * @param rate highest learning rate
 * @param steps after how many steps it is 0
 */
record Cosine(double rate, int steps) implements ISchedule {

  /** Steps over which the rate rises first: early gradients are large. */
  private static final int RISE = 100;

  @Override
  public double valueAt(int step, int epoch) {
    double rise = Math.min(1, (step + 1.0) / RISE);
    return rise * rate / 2 * (1 + Math.cos(Math.PI * step / steps));
  }

  @Override
  public ISchedule clone() {
    return this;
  }
}
