package io.ddgan.train.optimiser;

/**
 * A learning rate that falls along half a cosine (Loshchilov and Hutter, 2017).
 *
 * @param start rate of the first step
 * @param end rate that the last steps come close to
 * @param steps length of the training
 */
public record CosineDecay(double start, double end, long steps) {

  /** Rate of a step, counted from 0. */
  public double at(long step) {
    return end + (start - end) * (1 + Math.cos(Math.PI * step / steps)) / 2;
  }
}
