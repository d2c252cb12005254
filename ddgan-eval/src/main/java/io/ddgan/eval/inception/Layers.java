package io.ddgan.eval.inception;

import io.ddgan.api.Initializer;
import io.ddgan.api.ParameterScope;
import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/** The layers of {@link InceptionNetwork}. */
final class Layers {

  /** What stands in every parameter until a file gives it its values. */
  private static final Initializer FROM_FILE =
      (shape, random) -> new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];

  private Layers() {}

  /** A convolution that keeps height and width, and a rectifier. */
  static Maps same(ParameterScope p, Maps x, int out, int height, int width) {
    Conv2DConfig.Conv2DConfigBuilder config =
        Conv2DConfig.builder().kH(height).kW(width).pH(height / 2).pW(width / 2).sH(1).sW(1);
    return convolution(p, x, out, height, width, config);
  }

  /** A convolution without padding, and a rectifier. */
  static Maps valid(ParameterScope p, Maps x, int out, int kernel, int stride) {
    Conv2DConfig.Conv2DConfigBuilder config =
        Conv2DConfig.builder().kH(kernel).kW(kernel).sH(stride).sW(stride);
    return convolution(p, x, out, kernel, kernel, config);
  }

  private static Maps convolution(
      ParameterScope p,
      Maps x,
      int out,
      int height,
      int width,
      Conv2DConfig.Conv2DConfigBuilder config) {
    SDVariable value =
        p.sameDiff()
            .cnn()
            .conv2d(
                x.value(),
                weight(p, out, x.channels(), height, width),
                p.parameter("bias", FROM_FILE, out),
                config.paddingMode(PaddingMode.VALID).weightsFormat(WeightsFormat.OIYX).build());
    return new Maps(p.sameDiff().nn().relu(value, 0), out);
  }

  /** A weight in the shape in which PyTorch stores it. */
  static SDVariable weight(ParameterScope p, long... shape) {
    return p.parameter("weight", FROM_FILE, shape);
  }

  /** Maxima of 3x3 pixels, two apart. */
  static Maps halve(SameDiff sd, Maps x) {
    return pool(x, (maps, config) -> sd.cnn().maxPooling2d(maps, config), 2, 0);
  }

  /** Maxima of the 3x3 pixels around each. */
  static Maps maximum(SameDiff sd, Maps x) {
    return pool(x, (maps, config) -> sd.cnn().maxPooling2d(maps, config), 1, 1);
  }

  /** Averages of the up to 3x3 pixels around each. */
  static Maps average(SameDiff sd, Maps x) {
    return pool(x, (maps, config) -> sd.cnn().avgPooling2d(maps, config), 1, 1);
  }

  private interface Pooling {
    SDVariable apply(SDVariable maps, Pooling2DConfig config);
  }

  /** The library pools ten times as fast where the channels of a pixel lie side by side. */
  private static Maps pool(Maps x, Pooling pooling, int stride, int padding) {
    Pooling2DConfig config =
        Pooling2DConfig.builder()
            .kH(3)
            .kW(3)
            .sH(stride)
            .sW(stride)
            .pH(padding)
            .pW(padding)
            .paddingMode(PaddingMode.VALID)
            .isNHWC(true)
            .extra(0) // averages do not count the padding
            .build();
    SDVariable pooled = pooling.apply(x.value().permute(0, 2, 3, 1), config);
    return new Maps(pooled.permute(0, 3, 1, 2), x.channels());
  }
}
