package io.ddgan.onednn.convolution;

import io.ddgan.onednn.runtime.NativeFloats;
import java.util.Arrays;

/**
 * The index map of im2col: the input pixel for each tap of the kernel and each output pixel. Pixels
 * are numbered over all examples.
 */
final class Im2col {

  /** Index for padding. */
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

  /** Returns the number of output pixels. */
  int pixels() {
    return pixels;
  }

  int inputPixels() {
    return inputPixels;
  }

  /** Returns the row length of the weight matrix {@code [out, in * taps]}. */
  int width() {
    return in * taps;
  }

  /** Gathers the inputs of one tap and channel for all output pixels. */
  void gather(NativeFloats x, int channel, int tap, float[] row) {
    for (int p = 0; p < pixels; p++) {
      int source = sources[tap * pixels + p];
      row[p] = source == NONE ? 0 : x.get(source * in + channel);
    }
  }

  /** Gathers the inputs of one tap and pixel for all channels into an im2col row. */
  void spread(NativeFloats x, int pixel, int tap, float[] row) {
    int source = sources[tap * pixels + pixel];
    for (int c = 0, at = tap; c < in; c++, at += taps) {
      row[at] = source == NONE ? 0 : x.get(source * in + c);
    }
  }

  /** Returns the output pixel for each tap and each input pixel. */
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
