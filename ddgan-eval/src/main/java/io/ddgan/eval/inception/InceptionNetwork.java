package io.ddgan.eval.inception;

import io.ddgan.api.DataShape;
import io.ddgan.api.Initializer;
import io.ddgan.api.ParameterScope;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.layers.Convolution;
import io.ddgan.layers.Dense;
import io.ddgan.layers.FeatureMap;
import io.ddgan.layers.Initializers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.ops.SDCNN;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/**
 * The layers of InceptionV3 (Szegedy et al., 2016, figures 5, 6, 7 and 10). Unlike later versions,
 * the original graph excludes the padding from averages, has maximum pooling in the last block, and
 * has 1008 classes.
 *
 * <p>Every convolution has a bias that includes its batch normalisation.
 */
final class InceptionNetwork {

  /** Height and width of the images. */
  static final int SIZE = 299;

  static final int FEATURES = 2048;
  static final int CLASSES = 1008;

  /** Placeholder values, replaced by those of a file. */
  private static final Initializer FROM_FILE = Initializers.zeros();

  private static final int POOLED = 3;

  private final ParameterScope root;
  private final SameDiff sd;

  private InceptionNetwork(ParameterScope root) {
    this.root = root;
    this.sd = root.sameDiff();
  }

  /**
   * The network's outputs.
   *
   * @param stages the maps after each convolution of the stem, each pooling of the stem and each
   *     block, in order
   * @param features {@code [N, 2048]}
   * @param logits {@code [N, 1008]}, without the bias of the last layer
   */
  record Output(List<SDVariable> stages, SDVariable features, SDVariable logits) {}

  /** Returns the layout of the parameters of {@link #build}. */
  static ParameterLayout layout() {
    DataShape shape = DataShape.image(3, SIZE, SIZE);
    return ParameterLayout.of(
        shape, 1, p -> build(p, p.sameDiff().placeHolder("images", p.dataType(), shape.batch(1))));
  }

  /**
   * Adds the network to a graph.
   *
   * @param images {@code [N, 3, 299, 299]} in [-1, 1]
   */
  static Output build(ParameterScope root, SDVariable images) {
    return new InceptionNetwork(root).build(images);
  }

  private Output build(SDVariable images) {
    FeatureMap maps = new FeatureMap(images, 3, SIZE, SIZE);
    List<SDVariable> stages = new ArrayList<>();
    for (UnaryOperator<FeatureMap> stage : stages()) {
      maps = stage.apply(maps);
      stages.add(maps.value());
    }
    SDVariable features = maps.value().reshape(root.batch(), FEATURES, -1).mean(2);
    Dense classes = Dense.of(FEATURES, CLASSES).weights(FROM_FILE).withoutBias();
    return new Output(stages, features, classes.apply(root.child("fc"), features));
  }

  private List<UnaryOperator<FeatureMap>> stages() {
    return List.of(
        x -> valid(root.child("Conv2d_1a_3x3"), x, 32, 3, 2),
        x -> valid(root.child("Conv2d_2a_3x3"), x, 32, 3, 1),
        x -> same(root.child("Conv2d_2b_3x3"), x, 64, 3, 3),
        InceptionNetwork::halved,
        x -> valid(root.child("Conv2d_3b_1x1"), x, 80, 1, 1),
        x -> valid(root.child("Conv2d_4a_3x3"), x, 192, 3, 1),
        InceptionNetwork::halved,
        x -> fine(root.child("Mixed_5b"), x, 32),
        x -> fine(root.child("Mixed_5c"), x, 64),
        x -> fine(root.child("Mixed_5d"), x, 64),
        x -> firstReduction(root.child("Mixed_6a"), x),
        x -> factorised(root.child("Mixed_6b"), x, 128),
        x -> factorised(root.child("Mixed_6c"), x, 160),
        x -> factorised(root.child("Mixed_6d"), x, 160),
        x -> factorised(root.child("Mixed_6e"), x, 192),
        x -> secondReduction(root.child("Mixed_7a"), x),
        x -> expanded(root.child("Mixed_7b"), x, average(x)),
        x -> expanded(root.child("Mixed_7c"), x, maximum(x)));
  }

  private FeatureMap fine(ParameterScope p, FeatureMap x, int pooled) {
    FeatureMap five = same(p.child("branch5x5_1"), x, 48, 1, 1);
    FeatureMap threes = same(p.child("branch3x3dbl_1"), x, 64, 1, 1);
    threes = same(p.child("branch3x3dbl_2"), threes, 96, 3, 3);
    return FeatureMap.concat(
        same(p.child("branch1x1"), x, 64, 1, 1),
        same(p.child("branch5x5_2"), five, 64, 5, 5),
        same(p.child("branch3x3dbl_3"), threes, 96, 3, 3),
        same(p.child("branch_pool"), average(x), pooled, 1, 1));
  }

  private FeatureMap firstReduction(ParameterScope p, FeatureMap x) {
    FeatureMap threes = same(p.child("branch3x3dbl_1"), x, 64, 1, 1);
    threes = same(p.child("branch3x3dbl_2"), threes, 96, 3, 3);
    return FeatureMap.concat(
        valid(p.child("branch3x3"), x, 384, 3, 2),
        valid(p.child("branch3x3dbl_3"), threes, 96, 3, 2),
        halved(x));
  }

  private FeatureMap factorised(ParameterScope p, FeatureMap x, int width) {
    FeatureMap seven = same(p.child("branch7x7_1"), x, width, 1, 1);
    seven = same(p.child("branch7x7_2"), seven, width, 1, 7);
    FeatureMap sevens = same(p.child("branch7x7dbl_1"), x, width, 1, 1);
    sevens = same(p.child("branch7x7dbl_2"), sevens, width, 7, 1);
    sevens = same(p.child("branch7x7dbl_3"), sevens, width, 1, 7);
    sevens = same(p.child("branch7x7dbl_4"), sevens, width, 7, 1);
    return FeatureMap.concat(
        same(p.child("branch1x1"), x, 192, 1, 1),
        same(p.child("branch7x7_3"), seven, 192, 7, 1),
        same(p.child("branch7x7dbl_5"), sevens, 192, 1, 7),
        same(p.child("branch_pool"), average(x), 192, 1, 1));
  }

  private FeatureMap secondReduction(ParameterScope p, FeatureMap x) {
    FeatureMap three = same(p.child("branch3x3_1"), x, 192, 1, 1);
    FeatureMap seven = same(p.child("branch7x7x3_1"), x, 192, 1, 1);
    seven = same(p.child("branch7x7x3_2"), seven, 192, 1, 7);
    seven = same(p.child("branch7x7x3_3"), seven, 192, 7, 1);
    return FeatureMap.concat(
        valid(p.child("branch3x3_2"), three, 320, 3, 2),
        valid(p.child("branch7x7x3_4"), seven, 192, 3, 2),
        halved(x));
  }

  private FeatureMap expanded(ParameterScope p, FeatureMap x, FeatureMap pooled) {
    FeatureMap three = same(p.child("branch3x3_1"), x, 384, 1, 1);
    FeatureMap threes = same(p.child("branch3x3dbl_1"), x, 448, 1, 1);
    threes = same(p.child("branch3x3dbl_2"), threes, 384, 3, 3);
    return FeatureMap.concat(
        same(p.child("branch1x1"), x, 320, 1, 1),
        same(p.child("branch3x3_2a"), three, 384, 1, 3),
        same(p.child("branch3x3_2b"), three, 384, 3, 1),
        same(p.child("branch3x3dbl_3a"), threes, 384, 1, 3),
        same(p.child("branch3x3dbl_3b"), threes, 384, 3, 1),
        same(p.child("branch_pool"), pooled, 192, 1, 1));
  }

  /** Applies a convolution that keeps height and width, and a ReLU. */
  private FeatureMap same(ParameterScope p, FeatureMap x, int out, int height, int width) {
    return rectified(Convolution.same(out, height, width), p, x);
  }

  /** Applies a convolution without padding, and a ReLU. */
  private FeatureMap valid(ParameterScope p, FeatureMap x, int out, int kernel, int stride) {
    return rectified(Convolution.of(out, kernel).stride(stride), p, x);
  }

  private FeatureMap rectified(Convolution convolution, ParameterScope p, FeatureMap x) {
    return convolution.weights(FROM_FILE).apply(p, x).map(value -> sd.nn().relu(value, 0));
  }

  private static FeatureMap halved(FeatureMap x) {
    return pooled(x, SDCNN::maxPooling2d, 2, 0);
  }

  private static FeatureMap maximum(FeatureMap x) {
    return pooled(x, SDCNN::maxPooling2d, 1, 1);
  }

  private static FeatureMap average(FeatureMap x) {
    return pooled(x, SDCNN::avgPooling2d, 1, 1);
  }

  /** A 3x3 pooling operation. */
  private interface Pooling {

    SDVariable apply(SDCNN operations, SDVariable pixels, Pooling2DConfig config);
  }

  /** Pools in NHWC, which is ten times as fast in the library. */
  private static FeatureMap pooled(FeatureMap x, Pooling pooling, int stride, int padding) {
    Pooling2DConfig config =
        Pooling2DConfig.builder()
            .kH(POOLED)
            .kW(POOLED)
            .sH(stride)
            .sW(stride)
            .pH(padding)
            .pW(padding)
            .paddingMode(PaddingMode.VALID)
            .isNHWC(true)
            .extra(0) // averages do not count the padding
            .build();
    SDVariable pixels = x.value().permute(0, 2, 3, 1);
    SDVariable pooled = pooling.apply(pixels.getSameDiff().cnn(), pixels, config);
    return new FeatureMap(
        pooled.permute(0, 3, 1, 2),
        x.channels(),
        (x.height() + 2 * padding - POOLED) / stride + 1,
        (x.width() + 2 * padding - POOLED) / stride + 1);
  }
}
