package io.ddgan.layers;

import io.ddgan.api.Initializer;
import io.ddgan.api.ParameterScope;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A linear map of the channels of each pixel (Lin et al., 2014, "Network in network"), with the
 * parameters {@code W} {@code [in, out]} and {@code b} {@code [out]}, as in the reference code of
 * diffusion models (Ho et al., 2020; Song et al., 2021). {@link Convolution} with a kernel of 1 is
 * the same with PyTorch's parameters.
 *
 * @param out output channels, at least 1
 * @param weights the initial weights; the bias is initially 0
 */
public record PointwiseConvolution(int out, Initializer weights) {

  /** Adds the layer, with maps of the same height and width. */
  public FeatureMap apply(ParameterScope p, FeatureMap x) {
    int in = x.channels();
    SDVariable weight = p.parameter("W", weights, in, out);
    SDVariable bias = p.parameter("b", Initializers.zeros(), out);
    return Convolution.of(out, 1)
        .apply(x, weight.permute(1, 0).reshape(out, in, 1, 1), Optional.of(bias));
  }
}
