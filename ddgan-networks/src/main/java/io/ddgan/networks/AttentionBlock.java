package io.ddgan.networks;

import io.ddgan.api.ParameterScope;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Self-attention between all pixels, with one head (Vaswani et al., 2017; Ho et al., 2020). */
final class AttentionBlock {

  private AttentionBlock() {}

  static FeatureMap apply(ParameterScope p, FeatureMap x, boolean rescale) {
    FeatureMap y = Layers.groupNorm(p.child("GroupNorm_0"), x);
    SDVariable query = sequence(p, Layers.channelMap(p.child("NIN_0"), y, y.channels(), 0.1));
    SDVariable key = sequence(p, Layers.channelMap(p.child("NIN_1"), y, y.channels(), 0.1));
    SDVariable value = sequence(p, Layers.channelMap(p.child("NIN_2"), y, y.channels(), 0.1));

    SameDiff sd = p.sameDiff();
    SDVariable scores = sd.mmul(query, key, true, false, false);
    SDVariable weights = sd.nn().softmax(scores.mul(1 / Math.sqrt(x.channels())), -1);
    SDVariable mixed = sd.mmul(value, weights, false, true, false);
    FeatureMap out = x.with(mixed.reshape(p.batch(), x.channels(), x.height(), x.width()));
    return x.residual(Layers.channelMap(p.child("NIN_3"), out, x.channels(), 0), rescale);
  }

  private static SDVariable sequence(ParameterScope p, FeatureMap x) {
    return x.value().reshape(p.batch(), x.channels(), (long) x.height() * x.width());
  }
}
