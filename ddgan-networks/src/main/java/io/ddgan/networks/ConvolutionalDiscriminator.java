package io.ddgan.networks;

import io.ddgan.api.DataShape;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.layers.Convolution;
import io.ddgan.layers.Dense;
import io.ddgan.layers.FeatureMap;
import io.ddgan.layers.MinibatchDeviation;
import io.ddgan.layers.Resampler;
import io.ddgan.layers.SinusoidalEmbedding;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What the small and the large discriminator have in common: both examples of a step side by side,
 * a chain of residual blocks, the deviation within the batch as one more channel, and a sum over
 * all pixels (Xiao et al., 2022, appendix C). If it sees the class, by projection on that sum.
 */
final class ConvolutionalDiscriminator {

  /** Slope of the leaky ReLU where its argument is negative. */
  private static final double LEAK = 0.2;

  private static final MinibatchDeviation DEVIATION = new MinibatchDeviation(4);

  private final Resampler resampler = Resampler.binomial();
  private final ParameterScope root;
  private final int timeSize;
  private final double residualScale;
  private final boolean classConditional;

  ConvolutionalDiscriminator(
      ParameterScope root, int timeSize, double residualScale, boolean classConditional) {
    this.root = root;
    this.timeSize = timeSize;
    this.residualScale = residualScale;
    this.classConditional = classConditional;
  }

  /** A residual block: its output channels, and whether it halves the resolution. */
  record DiscriminatorBlock(int channels, boolean down) {}

  SDVariable logits(Inputs inputs, int channels, List<DiscriminatorBlock> blocks) {
    checkShape(blocks);
    Optional<ClassLabel> label = ClassLabel.of(classConditional, root, inputs);
    DataShape shape = root.shape();
    SDVariable time = leakyRelu(time(inputs.time()));
    FeatureMap h =
        FeatureMap.concat(
            FeatureMap.of(inputs.cleaner(), shape), FeatureMap.of(inputs.noisier(), shape));
    h = SameConvolution.apply(root.child("start_conv"), h, channels, 1, 1);
    for (int i = 0; i < blocks.size(); i++) {
      h = block(root.child("conv" + (i + 1)), h, blocks.get(i), time);
    }
    int width = h.channels();
    h = DEVIATION.apply(root, h);
    h = SameConvolution.apply(root.child("final_conv"), h, width, 3, residualScale);
    SDVariable sum =
        leakyRelu(h.value())
            .reshape((long) root.batch() * width, (long) h.height() * h.width())
            .sum(1)
            .reshape(root.batch(), width);
    SDVariable logits =
        Dense.of(width, 1).apply(root.child("end_linear"), sum).reshape(root.batch());
    return label
        .map(classes -> logits.add(classes.projection(root.child("class_embed"), sum, width)))
        .orElse(logits);
  }

  private void checkShape(List<DiscriminatorBlock> blocks) {
    DataShape shape = root.shape();
    int factor = 1 << blocks.stream().filter(DiscriminatorBlock::down).count();
    if (!shape.isImage() || shape.height() % factor != 0 || shape.width() % factor != 0) {
      throw new IllegalArgumentException(
          ("this discriminator needs images whose height and width are multiples of %d, not data of"
                  + " the shape %s")
              .formatted(factor, shape));
    }
  }

  private SDVariable time(SDVariable t) {
    ParameterScope main = root.child("t_embed").child("main");
    SDVariable h = new SinusoidalEmbedding(timeSize).apply(root, t);
    h = leakyRelu(Dense.of(timeSize, timeSize).apply(main.child("0"), h));
    return Dense.of(timeSize, timeSize).apply(main.child("2"), h);
  }

  private FeatureMap block(
      ParameterScope p, FeatureMap x, DiscriminatorBlock block, SDVariable time) {
    int out = block.channels();
    FeatureMap h = x.map(this::leakyRelu);
    h = SameConvolution.apply(p.child("conv1").child("0"), h, out, 3, 1);
    h = h.shift(p.batch(), Dense.of(timeSize, out).apply(p.child("dense_t1"), time));
    h = h.map(this::leakyRelu);
    FeatureMap skip = x;
    if (block.down()) {
      h = resampler.down(p, h);
      skip = resampler.down(p, x);
    }
    h = SameConvolution.apply(p.child("conv2").child("0"), h, out, 3, residualScale);
    skip = Convolution.of(out, 1).withoutBias().apply(p.child("skip").child("0"), skip);
    return h.residual(skip, true);
  }

  private SDVariable leakyRelu(SDVariable x) {
    return root.sameDiff().nn().leakyRelu(x, LEAK);
  }
}
