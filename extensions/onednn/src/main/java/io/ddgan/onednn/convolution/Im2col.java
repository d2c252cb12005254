package io.ddgan.onednn.convolution;

import io.ddgan.onednn.runtime.NativeFloats;
import java.util.Arrays;

/**
 * Which pixel of a convolution's input each tap of its kernel sees from each pixel of its output
 * ("im2col"). Pixels are counted over all examples.
 */
final class Im2col {

  /** Instead of a pixel, where there is none. */
  static final int NONE = -1;

  private final int in;
  private final int out;
  private final int taps;
  private final int pixels;
  private final int inputPixels;
  private final int[] sources;

  Im2col(ConvolutionShape g) {
    this.in = (int) g.in();
    this.out = (int) g.out();
    this.taps = (int) taps(g);
    this.pixels = (int) pixels(g);
    this.inputPixels = (int) (g.examples() * g.height() * g.width());
    this.sources = new int[taps * pixels];
    int at = 0;
    for (int row = 0; row < g.kernelHeight(); row++) {
      for (int column = 0; column < g.kernelWidth(); column++) {
        for (int pixel = 0; pixel < pixels; pixel++) {
          sources[at++] = source(g, pixel, row, column);
        }
      }
    }
  }

  static long taps(ConvolutionShape g) {
    return g.kernelHeight() * g.kernelWidth();
  }

  static long pixels(ConvolutionShape g) {
    return g.examples() * g.outHeight() * g.outWidth();
  }

  private static int source(ConvolutionShape g, int pixel, int row, int column) {
    long example = pixel / (g.outHeight() * g.outWidth());
    long y = pixel / g.outWidth() % g.outHeight() * g.strideHeight() + row - g.top();
    long x = pixel % g.outWidth() * g.strideWidth() + column - g.left();
    boolean isInside = y >= 0 && y < g.height() && x >= 0 && x < g.width();
    return isInside ? (int) ((example * g.height() + y) * g.width() + x) : NONE;
  }

  int in() {
    return in;
  }

  int out() {
    return out;
  }

  int taps() {
    return taps;
  }

  /** Pixels of the output. */
  int pixels() {
    return pixels;
  }

  int inputPixels() {
    return inputPixels;
  }

  /** Numbers of a row of the weights as a matrix {@code [out, in * taps]}. */
  int width() {
    return in * taps;
  }

  /** Reads what a tap sees of a channel from all pixels. */
  void gather(NativeFloats x, int channel, int tap, float[] row) {
    for (int p = 0; p < pixels; p++) {
      int source = sources[tap * pixels + p];
      row[p] = source == NONE ? 0 : x.get(source * in + channel);
    }
  }

  /** Reads what a tap sees of all channels from a pixel, to where those of the tap are in a row. */
  void spread(NativeFloats x, int pixel, int tap, float[] row) {
    int source = sources[tap * pixels + pixel];
    for (int c = 0, at = tap; c < in; c++, at += taps) {
      row[at] = source == NONE ? 0 : x.get(source * in + c);
    }
  }

  /** For each tap and each pixel of the input, the pixel of the output. */
  int[] targets() {
    int[] targets = new int[taps * inputPixels];
    Arrays.fill(targets, NONE);
    for (int i = 0; i < sources.length; i++) {
      if (sources[i] != NONE) {
        targets[i / pixels * inputPixels + sources[i]] = i % pixels;
      }
    }
    return targets;
  }
}
