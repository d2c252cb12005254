package io.ddgan.eval.inception;

import io.ddgan.layers.FeatureMap;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/**
 * Pooling of 3x3 pixels; those beyond the border do not count.
 *
 * @param isMaximum whether it takes the largest pixel; otherwise the average
 * @param stride pixels from one place to the next
 * @param padding how far places reach beyond the border
 */
record Pooling(boolean isMaximum, int stride, int padding) {

  private static final int KERNEL = 3;

  /** The library pools ten times as fast where the channels of a pixel lie side by side. */
  FeatureMap apply(FeatureMap x) {
    SDVariable pixels = x.value().permute(0, 2, 3, 1);
    var cnn = pixels.getSameDiff().cnn();
    SDVariable pooled =
        isMaximum ? cnn.maxPooling2d(pixels, config()) : cnn.avgPooling2d(pixels, config());
    return new FeatureMap(
        pooled.permute(0, 3, 1, 2), x.channels(), extent(x.height()), extent(x.width()));
  }

  private int extent(int size) {
    return (size + 2 * padding - KERNEL) / stride + 1;
  }

  private Pooling2DConfig config() {
    return Pooling2DConfig.builder()
        .kH(KERNEL)
        .kW(KERNEL)
        .sH(stride)
        .sW(stride)
        .pH(padding)
        .pW(padding)
        .paddingMode(PaddingMode.VALID)
        .isNHWC(true)
        .extra(0) // averages do not count the padding
        .build();
  }
}
