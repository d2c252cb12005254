package org.example.ddgan;

import io.ddgan.api.DataShape;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Initializer;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;
import io.ddgan.layers.Convolution;
import io.ddgan.layers.FeatureMap;
import io.ddgan.layers.Initializers;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A discriminator for images that classifies patches (Isola et al., 2017) and returns the mean of their
 * logits. Every layer halves the resolution.
 *
 * @param channels channels of the first layer; each further layer has twice as many
 * @param layers number of layers; more layers mean larger patches
 */
public record PatchDiscriminator(
    @Key(value = "channels of the first layer; each further layer has twice as many", min = 1) int channels,
    @Key(value = "number of layers; each halves the resolution", min = 1, max = 8)
        int layers)
    implements Discriminator {

  @Override
  public SDVariable forward(ParameterScope p, Inputs inputs) {
    DataShape shape = p.shape();
    if (!shape.isImage() || Math.min(shape.height(), shape.width()) >> layers == 0) {
      throw new RefusedException(
          "patch with %d layers needs images of at least %dx%<d; got shape %s"
              .formatted(layers, 1 << layers, shape));
    }
    FeatureMap h =
        FeatureMap.concat(
            FeatureMap.of(inputs.xt(), shape), FeatureMap.of(inputs.xtp1(), shape));
    for (int layer = 0; layer < layers; layer++) {
      int out = channels << layer;
      h = convolution(out, 4, h).stride(2).apply(p.child("layers." + layer), h);
      h = h.shift(p.batch(), timeShift(p.child("times." + layer), inputs.time(), out));
      h = h.map(x -> p.sameDiff().nn().leakyRelu(x, 0.2));
    }
    return convolution(1, 3, h).apply(p.child("output"), h).value().mean(1, 2, 3);
  }

  /** PyTorch's default initialisation: uniform in [-1 / sqrt(fan-in), 1 / sqrt(fan-in)]. */
  private static Convolution convolution(int out, int kernel, FeatureMap x) {
    Initializer uniform = Initializers.uniform(1 / Math.sqrt(x.channels() * kernel * kernel));
    return Convolution.of(out, kernel).padding(1).weights(uniform).bias(uniform);
  }

  /** Returns a shift per example and channel: a weight times the time. */
  private static SDVariable timeShift(ParameterScope p, SDVariable t, int channels) {
    SDVariable weight = p.parameter("weight", Initializers.uniform(1), channels);
    return t.reshape(p.batch(), 1).mul(weight.reshape(1, channels));
  }
}
