package io.ddgan.layers;

import io.ddgan.api.ParameterScope;
import io.ddgan.api.RefusedException;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Sines and cosines of a time at frequencies from 1 down to 1/10000 (Vaswani et al., 2017, section
 * 3.5; Ho et al., 2020): element i of each half uses {@code t * 10000^(-i / (size / 2 - 1))}. It
 * has no parameters.
 *
 * @param size length of the embedding, from 4 to a million: first the sines, then the cosines, then
 *     a 0 if it is odd
 */
public record SinusoidalEmbedding(int size) {

  private static final double LONGEST = 10000;

  /** The frequencies are computed before the memory estimate could refuse a huge embedding. */
  private static final int MOST = 1_000_000;

  public SinusoidalEmbedding {
    if (size < 4) {
      throw new RefusedException("the length of an embedding must be at least 4; got " + size);
    }
    if (size > MOST) {
      throw new RefusedException(
          "too large: an embedding of the time has at most %,d numbers, not %,d"
              .formatted(MOST, size));
    }
  }

  /** Embeds times {@code [N]} as {@code [N, size]}, in [-1, 1]. */
  public SDVariable apply(ParameterScope p, SDVariable t) {
    int half = size / 2;
    double[] frequencies = new double[half];
    for (int i = 0; i < half; i++) {
      frequencies[i] = (float) Math.exp(i * -Math.log(LONGEST) / (half - 1));
    }
    SDVariable angles = t.reshape(p.batch(), 1).mul(Constants.of(p, frequencies, 1, half));
    SameDiff sd = p.sameDiff();
    SDVariable embedding = sd.concat(1, sd.math().sin(angles), sd.math().cos(angles));
    return size % 2 == 0
        ? embedding
        : sd.concat(1, embedding, Constants.of(p, new double[p.batch()], p.batch(), 1));
  }
}
