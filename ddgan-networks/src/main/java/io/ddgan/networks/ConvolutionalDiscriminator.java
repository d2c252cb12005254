package io.ddgan.networks;

import io.ddgan.api.DataShape;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.RefusedException;
import io.ddgan.layers.Convolution;
import io.ddgan.layers.Dense;
import io.ddgan.layers.FeatureMap;
import io.ddgan.layers.MinibatchDeviation;
import io.ddgan.layers.Resampler;
import io.ddgan.layers.SinusoidalEmbedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The common part of the small and the large discriminator: concatenated x_t and x_{t+1}, a chain
 * of residual blocks, the batch's standard deviation as an additional channel, and a sum over all
 * pixels (Xiao et al., 2022, appendix C). A class-conditional one projects the class on that sum.
 *
 * @param residualScale initial weight scale of each block's last layer
 */
record ConvolutionalDiscriminator(
    ParameterScope root,
    int timeSize,
    double residualScale,
    boolean classConditional,
    int channels,
    List<DiscriminatorBlock> blocks) {

  /** Slope of the leaky ReLU for negative arguments. */
  private static final double LEAK = 0.2;

  private static final MinibatchDeviation DEVIATION = new MinibatchDeviation(4);
  private static final Resampler RESAMPLER = Resampler.binomial();

  /** A residual block: its output channels, and whether it halves the resolution. */
  record DiscriminatorBlock(int channels, boolean down) {}

  /** {@code [N]} */
  SDVariable logits(Inputs inputs) {
    Optional<ClassLabel> label = ClassLabel.of(classConditional, root, inputs);
    return logits(label, last(features(inputs)));
  }

  /**
   * Returns the logit and an x_0 prediction, {@code [N, 1 + size]}. The prediction is decoded from
   * the last features as in a U-Net, with skip connections from the blocks' inputs at each
   * resolution.
   */
  SDVariable logitsAndData(Inputs inputs) {
    Optional<ClassLabel> label = ClassLabel.of(classConditional, root, inputs);
    List<FeatureMap> features = features(inputs);
    ParameterScope decoder = root.child("decoder");
    FeatureMap h = last(features);
    for (int i = blocks.size() - 1; i >= 0; i--) {
      if (blocks.get(i).down()) {
        FeatureMap skip = features.get(i);
        h = FeatureMap.concat(RESAMPLER.up(root, h.map(this::leakyRelu)), skip);
        h = SameConvolution.apply(decoder.child("conv" + (i + 1)), h, skip.channels(), 3, 1);
      }
    }
    DataShape shape = root.shape();
    h = h.map(this::leakyRelu);
    h = SameConvolution.apply(decoder.child("output"), h, shape.channels(), 3, 1);
    return root.sameDiff()
        .concat(
            1,
            logits(label, last(features)).reshape(root.batch(), 1),
            h.value().reshape(root.batch(), shape.size()));
  }

  private static FeatureMap last(List<FeatureMap> features) {
    return features.get(features.size() - 1);
  }

  /** Returns the input of each block, and the output of the last one. */
  private List<FeatureMap> features(Inputs inputs) {
    checkShape();
    DataShape shape = root.shape();
    SDVariable time = leakyRelu(time(inputs.time()));
    FeatureMap h =
        FeatureMap.concat(FeatureMap.of(inputs.xt(), shape), FeatureMap.of(inputs.xtp1(), shape));
    List<FeatureMap> features = new ArrayList<>();
    features.add(SameConvolution.apply(root.child("start_conv"), h, channels, 1, 1));
    for (int i = 0; i < blocks.size(); i++) {
      features.add(block(root.child("conv" + (i + 1)), last(features), blocks.get(i), time));
    }
    return features;
  }

  private SDVariable logits(Optional<ClassLabel> label, FeatureMap features) {
    int width = features.channels();
    FeatureMap h = DEVIATION.apply(root, features);
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

  private void checkShape() {
    DataShape shape = root.shape();
    int factor = 1 << blocks.stream().filter(DiscriminatorBlock::down).count();
    if (!shape.isImage() || shape.height() % factor != 0 || shape.width() % factor != 0) {
      throw new RefusedException(
          ("this discriminator needs images with height and width in multiples of %d, not data of"
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
      h = RESAMPLER.down(p, h);
      skip = RESAMPLER.down(p, x);
    }
    h = SameConvolution.apply(p.child("conv2").child("0"), h, out, 3, residualScale);
    skip = Convolution.of(out, 1).withoutBias().apply(p.child("skip").child("0"), skip);
    return h.residual(skip, true);
  }

  private SDVariable leakyRelu(SDVariable x) {
    return root.sameDiff().nn().leakyRelu(x, LEAK);
  }
}
