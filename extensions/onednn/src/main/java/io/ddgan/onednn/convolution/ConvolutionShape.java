package io.ddgan.onednn.convolution;

import io.ddgan.engine.OperationCall;
import io.ddgan.engine.Value;
import io.ddgan.onednn.layout.FeatureMaps;
import io.ddgan.onednn.runtime.ExampleGroup;
import java.util.List;
import java.util.Optional;

/**
 * The shape of a convolution.
 *
 * @param examples number of examples
 * @param in input channels
 * @param height height of the input
 * @param width width of the input
 * @param out output channels
 * @param outHeight height of the output
 * @param outWidth width of the output
 * @param kernelHeight height of the kernel
 * @param kernelWidth width of the kernel
 * @param strideHeight vertical stride
 * @param strideWidth horizontal stride
 * @param top rows of zero padding above
 * @param left columns of zero padding on the left
 */
public record ConvolutionShape(
    long examples,
    long in,
    long height,
    long width,
    long out,
    long outHeight,
    long outWidth,
    long kernelHeight,
    long kernelWidth,
    long strideHeight,
    long strideWidth,
    long top,
    long left) {

  private static final int STRIDES = 2;
  private static final int PADDING = 4;
  private static final int DILATIONS = 6;
  private static final int MODE = 8;
  private static final int FORMAT = 9;
  private static final int WEIGHTS = 10;

  /**
   * Returns the shape of ND4J's convolution or its gradients. Empty unless it has float32 maps
   * {@code [N, C, H, W]}, weights {@code [out, in, height, width]} and no dilation.
   */
  public static Optional<ConvolutionShape> of(
      OperationCall call, Value input, Value weights, Value output) {
    List<Long> arguments = call.integers();
    boolean isKnown =
        arguments.size() > WEIGHTS
            && arguments.get(MODE) == 0
            && arguments.get(FORMAT) == 0
            && arguments.get(WEIGHTS) == 1
            && arguments.get(DILATIONS) == 1
            && arguments.get(DILATIONS + 1) == 1
            && FeatureMaps.isMap(input)
            && FeatureMaps.isMap(output);
    if (!isKnown) {
      return Optional.empty();
    }
    long[] x = input.shape();
    long[] w = weights.shape();
    long[] y = output.shape();
    return Optional.of(
        new ConvolutionShape(
            x[0],
            x[1],
            x[2],
            x[3],
            y[1],
            y[2],
            y[3],
            w[2],
            w[3],
            arguments.get(STRIDES),
            arguments.get(STRIDES + 1),
            arguments.get(PADDING),
            arguments.get(PADDING + 1)));
  }

  /** Returns the same with another number of examples. */
  public ConvolutionShape withExamples(long count) {
    return with(count, in, out);
  }

  /** Returns the same with other input channels. */
  public ConvolutionShape withIn(long channels) {
    return with(examples, channels, out);
  }

  /** Returns the same with other output channels. */
  public ConvolutionShape withOut(long channels) {
    return with(examples, in, channels);
  }

  private ConvolutionShape with(long count, long newIn, long newOut) {
    return new ConvolutionShape(
        count,
        newIn,
        height,
        width,
        newOut,
        outHeight,
        outWidth,
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        top,
        left);
  }

  /** Returns the multiplications and additions of a direct convolution or one of its gradients. */
  double operations() {
    return 2.0 * examples * out * outHeight * outWidth * in * kernelHeight * kernelWidth;
  }

  long[] strides() {
    return new long[] {strideHeight, strideWidth};
  }

  long[] before() {
    return new long[] {top, left};
  }

  /** Returns the padding below and on the right; negative if the last pixels are not used. */
  long[] after() {
    return new long[] {
      (outHeight - 1) * strideHeight + kernelHeight - height - top,
      (outWidth - 1) * strideWidth + kernelWidth - width - left
    };
  }

  public long[] weights() {
    return new long[] {out, in, kernelHeight, kernelWidth};
  }

  long[] input(long count) {
    return new long[] {count, in, height, width};
  }

  long[] output(long count) {
    return new long[] {count, out, outHeight, outWidth};
  }

  /** Returns the groups of examples that are convolved together. */
  List<ExampleGroup> groups() {
    return ExampleGroup.of(examples, outHeight * outWidth);
  }
}
