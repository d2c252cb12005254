package io.ddgan.layers;

import io.ddgan.api.ParameterScope;
import io.ddgan.api.RefusedException;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Self-attention between all pixels, with one head (Vaswani et al., 2017, equation 1), after a norm
 * and with a skip connection (Ho et al., 2020). Its parameter scopes are named as in the reference
 * code: {@code GroupNorm_0}, and {@code NIN_0} to {@code NIN_3} for query, key, value and output.
 * The output is initialised close to zero.
 *
 * @param rescale true to divide the sum with the skip connection by the root of 2
 */
public record SelfAttention(boolean rescale) {

  private static final double PROJECTION_SCALE = 0.1;

  /**
   * Adds the layer; keeps the shape of the maps. Memory grows with the square of the number of
   * pixels.
   *
   * @throws RefusedException if {@link GroupNorm#of} refuses the channels
   */
  public FeatureMap apply(ParameterScope p, FeatureMap x) {
    FeatureMap y = GroupNorm.of(x.channels()).apply(p.child("GroupNorm_0"), x);
    SDVariable query = sequence(p, project(p.child("NIN_0"), y, PROJECTION_SCALE));
    SDVariable key = sequence(p, project(p.child("NIN_1"), y, PROJECTION_SCALE));
    SDVariable value = sequence(p, project(p.child("NIN_2"), y, PROJECTION_SCALE));

    SameDiff sd = p.sameDiff();
    SDVariable scaled = query.mul(1 / Math.sqrt(x.channels())); // smaller array than the scores
    SDVariable scores = sd.mmul(scaled, key, true, false, false);
    SDVariable weights = sd.nn().softmax(scores, -1);
    SDVariable mixed = sd.mmul(value, weights, false, true, false);
    FeatureMap out = x.with(mixed.reshape(p.batch(), x.channels(), x.height(), x.width()));
    return x.residual(project(p.child("NIN_3"), out, 0), rescale);
  }

  private static FeatureMap project(ParameterScope p, FeatureMap x, double scale) {
    return new PointwiseConvolution(x.channels(), Initializers.fanAverage(scale)).apply(p, x);
  }

  private static SDVariable sequence(ParameterScope p, FeatureMap x) {
    return x.value().reshape(p.batch(), x.channels(), (long) x.height() * x.width());
  }
}
