package io.ddgan.networks;

import io.ddgan.api.DataShape;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * What the small and the large discriminator have in common: both examples of a step side by side,
 * a chain of residual blocks, the deviation within the batch as one more channel, and a sum over
 * all pixels (Xiao et al., 2022, appendix C). If it sees the class, by projection on that sum.
 */
final class ConvolutionalDiscriminator {

  /** Examples whose deviation is taken together. */
  private static final int GROUP = 4;

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
  record Block(int channels, boolean down) {}

  SDVariable logits(Inputs inputs, int channels, List<Block> blocks) {
    checkShape(blocks);
    Optional<ClassLabel> label = ClassLabel.of(classConditional, root, inputs);
    DataShape shape = root.shape();
    SDVariable time = leakyRelu(time(inputs.time()));
    SDVariable pair = root.sameDiff().concat(1, inputs.cleaner(), inputs.noisier());
    FeatureMap h = new FeatureMap(pair, 2 * shape.channels(), shape.height(), shape.width());
    h = Layers.convolution(root.child("start_conv"), h, channels, 1, Initializers.fanAverage(1));
    for (int i = 0; i < blocks.size(); i++) {
      h = block(root.child("conv" + (i + 1)), h, blocks.get(i), time);
    }
    int width = h.channels();
    h = appendDeviation(h);
    h =
        Layers.convolution(
            root.child("final_conv"), h, width, 3, Initializers.fanAverage(residualScale));
    SDVariable sum =
        leakyRelu(h.value())
            .reshape((long) root.batch() * width, (long) h.height() * h.width())
            .sum(1)
            .reshape(root.batch(), width);
    SDVariable logits =
        Layers.linear(root.child("end_linear"), sum, width, 1).reshape(root.batch());
    return label
        .map(classes -> logits.add(classes.projection(root.child("class_embed"), sum, width)))
        .orElse(logits);
  }

  private void checkShape(List<Block> blocks) {
    DataShape shape = root.shape();
    int factor = 1 << blocks.stream().filter(Block::down).count();
    if (!shape.isImage() || shape.height() % factor != 0 || shape.width() % factor != 0) {
      throw new IllegalArgumentException(
          ("this discriminator needs images whose height and width are multiples of %d, not data of"
                  + " the shape %s")
              .formatted(factor, shape));
    }
    if (root.batch() > GROUP && root.batch() % GROUP != 0) {
      throw new IllegalArgumentException(
          "this discriminator compares the examples of a batch in groups of %d, so the batch must be a multiple of %d, not %d"
              .formatted(GROUP, GROUP, root.batch()));
    }
  }

  private SDVariable time(SDVariable t) {
    ParameterScope main = root.child("t_embed").child("main");
    SDVariable h = Layers.timeEmbedding(root, t, timeSize);
    h = leakyRelu(Layers.linear(main.child("0"), h, timeSize, timeSize));
    return Layers.linear(main.child("2"), h, timeSize, timeSize);
  }

  private FeatureMap block(ParameterScope p, FeatureMap x, Block block, SDVariable time) {
    int out = block.channels();
    FeatureMap h = x.with(leakyRelu(x.value()));
    h = Layers.convolution(p.child("conv1").child("0"), h, out, 3, Initializers.fanAverage(1));
    h = Layers.shift(p, h, Layers.linear(p.child("dense_t1"), time, timeSize, out));
    h = h.with(leakyRelu(h.value()));
    FeatureMap skip = x;
    if (block.down()) {
      h = resampler.down(p, h);
      skip = resampler.down(p, x);
    }
    h =
        Layers.convolution(
            p.child("conv2").child("0"), h, out, 3, Initializers.fanAverage(residualScale));
    skip =
        Layers.convolution(
                p.child("skip").child("0"), skip, out, 1, 1, 0, Initializers.fanAverage(1))
            .withoutBias();
    return h.residual(skip, true);
  }

  /** Minibatch standard deviation (Karras et al., 2018) as one more, constant feature map. */
  private FeatureMap appendDeviation(FeatureMap x) {
    SameDiff sd = root.sameDiff();
    int batch = root.batch();
    int group = Math.min(batch, GROUP);
    int groups = batch / group;
    long size = (long) x.channels() * x.height() * x.width();
    SDVariable rows = x.value().reshape(group, groups * size);
    SDVariable centred = rows.sub(rows.mean(true, 0));
    SDVariable variance = sd.math().square(centred).mean(true, 0).add(1e-8);
    SDVariable deviation = sd.math().sqrt(variance).reshape(groups, size).mean(true, 1);
    SDVariable map =
        sd.tile(sd.tile(deviation, group, 1).reshape(batch, 1, 1, 1), 1, 1, x.height(), x.width());
    return new FeatureMap(sd.concat(1, x.value(), map), x.channels() + 1, x.height(), x.width());
  }

  private SDVariable leakyRelu(SDVariable x) {
    return Layers.leakyRelu(root, x);
  }
}
