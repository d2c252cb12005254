package io.ddgan.onednn.convolution;

import io.ddgan.engine.Value;

/**
 * Convolutions of few pixels by many weights, and their gradients, as products of the weights as
 * they lie in memory, a matrix {@code [out, in * taps]}. oneDNN's convolutions bring weights into
 * an order of their own first, which takes longer than such products. Taps that see nothing but
 * what is around the map are multiplied by 0, too: one that is not finite makes more of its output
 * not finite than a direct convolution's does.
 */
public record ColumnConvolutions(ConvolutionCalls calls) implements ConvolutionMethod {

  /** Pixels up to which oneDNN's convolutions are slower. */
  private static final long MOST_PIXELS = 128;

  /** Numbers of all columns, so that memory stays small with large kernels. */
  private static final long MOST_NUMBERS = 1 << 20;

  /** Of fewer weights, nothing is slow. */
  private static final long FEWEST_WEIGHTS = 1 << 14;

  /** Whether a convolution is done so. */
  public static boolean suits(Geometry g) {
    long pixels = Columns.pixels(g);
    return Columns.taps(g) > 1
        && pixels <= MOST_PIXELS
        && g.in() * Columns.taps(g) * pixels <= MOST_NUMBERS
        && g.in() * g.out() >= Math.max(FEWEST_WEIGHTS, pixels * (g.in() + g.out()));
  }

  @Override
  public void map(Mapping m) {
    calls.map(
        m,
        () ->
            m.isGradient()
                ? new ColumnInputGradient(
                    calls.runtime(), new Columns(m.g()), m.from(), m.weights(), m.to())
                : new ColumnConvolution(calls.runtime(), new Columns(m.g()), m));
  }

  @Override
  public void weightGradient(Geometry g, Value x, Value gradient, Value weights) {
    calls.weightGradient(
        g,
        x,
        gradient,
        weights,
        () -> new ColumnWeightGradient(calls.runtime(), new Columns(g), x, gradient, weights));
  }
}
