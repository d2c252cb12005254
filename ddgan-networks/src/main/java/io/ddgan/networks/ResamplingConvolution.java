package io.ddgan.networks;

import io.ddgan.api.ParameterScope;
import io.ddgan.layers.Convolution;
import io.ddgan.layers.FeatureMap;
import io.ddgan.layers.Resampler;
import java.util.List;

/**
 * 3x3 convolutions that change the resolution by 2 (Karras et al., 2020).
 *
 * @param isFiltered true to use the resampler's filter; otherwise downsampling pads, and upsampling
 *     repeats pixels
 */
record ResamplingConvolution(Resampler resampler, boolean isFiltered) {

  private static final Resampler IDENTITY = Resampler.filtered(List.of(1.0));

  /** Halves height and width. */
  FeatureMap down(ParameterScope p, FeatureMap x, int out) {
    int before = (resampler.taps() + 1) / 2;
    FeatureMap wider =
        isFiltered
            ? resampler.upfirdn(p, x, 1, 1, before, resampler.taps() - before)
            : IDENTITY.upfirdn(p, x, 1, 1, 0, 1);
    return convolution(p, wider, out, 2);
  }

  /** Doubles height and width. Beyond the edges the convolution's input is the filter's output. */
  FeatureMap up(ParameterScope p, FeatureMap x, int out) {
    if (!isFiltered) {
      return SameConvolution.apply(p.child("Conv_0"), resampler.up(p, x), out, 3, 1);
    }
    int before = (resampler.taps() + 3) / 2;
    FeatureMap wider = resampler.upfirdn(p, x, 2, 1, before, resampler.taps() + 1 - before);
    return convolution(p, wider, out, 1);
  }

  private FeatureMap convolution(ParameterScope p, FeatureMap x, int out, int stride) {
    ParameterScope layer = p.child(isFiltered ? "Conv2d_0" : "Conv_0");
    return Convolution.of(out, 3).stride(stride).apply(layer, x);
  }
}
