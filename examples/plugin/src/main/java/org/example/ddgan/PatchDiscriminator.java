package org.example.ddgan;

import io.ddgan.api.DataShape;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Initializer;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.config.Key;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;

/**
 * A discriminator for images that judges patches of them (Isola et al., 2017): its logit is the
 * mean of one for each patch. Every layer halves the resolution.
 *
 * @param channels channels of the first layer; each layer has twice those of the one before it
 * @param layers number of layers; more of them look at larger patches
 */
public record PatchDiscriminator(
    @Key(value = "channels of the first layer, each has twice as many", min = 1) int channels,
    @Key(value = "number of layers, of which each halves the resolution", min = 1, max = 8)
        int layers)
    implements Discriminator {

  @Override
  public SDVariable forward(ParameterScope p, Inputs inputs) {
    DataShape shape = p.shape();
    if (!shape.isImage() || Math.min(shape.height(), shape.width()) >> layers == 0) {
      throw new IllegalArgumentException(
          "patch with %d layers needs images of at least %dx%<d, not %s"
              .formatted(layers, 1 << layers, shape));
    }
    SameDiff sd = p.sameDiff();
    SDVariable h = sd.concat(1, inputs.cleaner(), inputs.noisier());
    int in = 2 * shape.channels();
    for (int layer = 0; layer < layers; layer++) {
      int out = channels << layer;
      h = convolution(p.child("layers." + layer), h, in, out, 4, 2);
      h = sd.nn().leakyRelu(h.add(timeShift(p.child("times." + layer), inputs.time(), out)), 0.2);
      in = out;
    }
    return convolution(p.child("output"), h, in, 1, 3, 1).mean(1, 2, 3);
  }

  private static SDVariable convolution(
      ParameterScope p, SDVariable x, int in, int out, int kernel, int stride) {
    int fanIn = in * kernel * kernel;
    SDVariable weight = p.parameter("weight", uniform(fanIn), out, in, kernel, kernel);
    SDVariable bias = p.parameter("bias", uniform(fanIn), out);
    Conv2DConfig config =
        Conv2DConfig.builder()
            .kH(kernel)
            .kW(kernel)
            .sH(stride)
            .sW(stride)
            .pH(1)
            .pW(1)
            .paddingMode(PaddingMode.VALID)
            .weightsFormat(WeightsFormat.OIYX)
            .build();
    return p.sameDiff().cnn().conv2d(x, weight, bias, config);
  }

  /** A number for each example and channel: its weight times the time. */
  private static SDVariable timeShift(ParameterScope p, SDVariable t, int channels) {
    SDVariable weight = p.parameter("weight", uniform(1), channels);
    return t.reshape(p.batch(), 1)
        .mul(weight.reshape(1, channels))
        .reshape(p.batch(), channels, 1, 1);
  }

  /** PyTorch's first values: uniform, the narrower the more numbers a neuron adds up. */
  private static Initializer uniform(int fanIn) {
    double bound = 1 / Math.sqrt(fanIn);
    return (shape, random) -> {
      int size = 1;
      for (long dimension : shape) {
        size *= (int) dimension;
      }
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
      return values;
    };
  }
}
