package io.ddgan.onednn.convolution;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.convolution.ChannelBlocks.Block;
import io.ddgan.onednn.runtime.DnnlObjects;
import io.ddgan.onednn.runtime.DnnlObjects.Bound;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.NativeFloats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Convolutions of few pixels with many weights, and their gradients, as products with the weight
 * matrix {@code [out, in * taps]} in its original layout. oneDNN's convolutions reorder the weights
 * first, which takes longer than these products. Padding is multiplied like other inputs, so
 * non-finite weights make more outputs non-finite than in a direct convolution.
 */
public record Im2colConvolutions(ConvolutionCalls calls) implements ConvolutionMethod {

  /** Maximum number of pixels; beyond it oneDNN's convolutions are faster. */
  private static final long MOST_PIXELS = 128;

  /** Maximum size of the im2col matrix in elements, to limit memory. */
  private static final long MOST_NUMBERS = 1 << 20;

  /** Minimum number of weights; below it reordering is cheap. */
  private static final long FEWEST_WEIGHTS = 1 << 14;

  /** Returns whether to use this method for a convolution. */
  public static boolean suits(ConvolutionShape g) {
    long pixels = Im2col.pixels(g);
    return Im2col.taps(g) > 1
        && pixels <= MOST_PIXELS
        && g.in() * Im2col.taps(g) * pixels <= MOST_NUMBERS
        && g.in() * g.out() >= Math.max(FEWEST_WEIGHTS, pixels * (g.in() + g.out()));
  }

  @Override
  public void map(DataConvolution m) {
    calls.map(m, m.weights(), () -> m.isGradient() ? inputGradient(m) : convolution(m));
  }

  @Override
  public void weightGradient(ConvolutionShape g, Value x, Value gradient, Value weights) {
    calls.weightGradient(g, x, gradient, weights, () -> gradientKernel(g, x, gradient, weights));
  }

  /** Returns a kernel that multiplies the weights by the im2col matrix. */
  private Kernel convolution(DataConvolution m) {
    KernelRuntime runtime = calls.runtime();
    DnnlObjects objects = runtime.objects();
    Im2col columns = new Im2col(m.g());
    int taps = columns.taps();
    int pixels = columns.pixels();
    int out = columns.out();
    long width = columns.width();
    List<Block> blocks = ChannelBlocks.of(out, columns.in());
    List<Bound> products = new ArrayList<>();
    for (Block block : blocks) {
      long size = block.size();
      long weights = KernelRuntime.address(m.weights()) + NativeFloats.bytes(block.first() * width);
      products.add(
          objects.product(
              objects.array(objects.strided(new long[] {size, width}, width, 1), weights),
              objects.inSharedArea(objects.strided(new long[] {width, pixels}, pixels, 1), 0),
              objects.inWorkArea(objects.strided(new long[] {size, pixels}, pixels, 1), 0)));
    }
    NativeFloats x = KernelRuntime.numbers(m.from());
    NativeFloats y = KernelRuntime.numbers(m.to());
    Optional<NativeFloats> bias = m.bias().map(KernelRuntime::numbers);
    float[] shift = new float[out];
    float[][] rows = new float[runtime.threads()][Math.max(pixels, blocks.get(0).size())];
    return objects.kernel(
        () -> {
          bias.ifPresent(numbers -> numbers.get(0, shift, 0, out)); // copied to an array
          NativeFloats area = runtime.sharedArea();
          runtime.runRanges(
              columns.in(),
              (first, end, worker) -> {
                float[] row = rows[worker];
                for (int c = first; c < end; c++) {
                  for (int tap = 0; tap < taps; tap++) {
                    columns.gather(x, c, tap, row);
                    area.put((c * taps + tap) * pixels, row, 0, pixels);
                  }
                }
              });
          runtime.run(
              blocks.size(),
              (part, worker) -> {
                runtime.run(products.get(part), worker);
                deliver(
                    blocks.get(part), runtime.workArea(worker), columns, shift, rows[worker], y);
              });
        });
  }

  /** Transposes channels-first rows to channels-last pixels. */
  private static void deliver(
      Block block,
      NativeFloats product,
      Im2col columns,
      float[] shift,
      float[] row,
      NativeFloats y) {
    int pixels = columns.pixels();
    for (int p = 0; p < pixels; p++) {
      for (int c = 0; c < block.size(); c++) {
        row[c] = product.get(c * pixels + p) + shift[block.first() + c];
      }
      y.put(p * columns.out() + block.first(), row, 0, block.size());
    }
  }

  /** Multiplies the output's gradient by the weights; input pixels sum over their taps. */
  private Kernel inputGradient(DataConvolution m) {
    KernelRuntime runtime = calls.runtime();
    DnnlObjects objects = runtime.objects();
    Im2col columns = new Im2col(m.g());
    int taps = columns.taps();
    long out = columns.out();
    long pixels = columns.pixels();
    List<Block> blocks = ChannelBlocks.of(columns.in(), columns.out());
    List<Bound> products = new ArrayList<>();
    for (Block block : blocks) {
      long width = (long) block.size() * taps;
      long weights =
          KernelRuntime.address(m.weights()) + NativeFloats.bytes((long) block.first() * taps);
      products.add(
          objects.product(
              objects.array(
                  objects.strided(new long[] {pixels, out}, out, 1),
                  KernelRuntime.address(m.from())),
              objects.array(objects.strided(new long[] {out, width}, columns.width(), 1), weights),
              objects.inWorkArea(objects.strided(new long[] {pixels, width}, width, 1), 0)));
    }
    NativeFloats x = KernelRuntime.numbers(m.to());
    int[] targets = columns.targets();
    float[][] rows = new float[runtime.threads()][blocks.get(0).size()];
    return objects.kernel(
        () ->
            runtime.run(
                blocks.size(),
                (part, worker) -> {
                  Block block = blocks.get(part);
                  float[] row = rows[worker];
                  runtime.run(products.get(part), worker);
                  for (int q = 0; q < columns.inputPixels(); q++) {
                    Arrays.fill(row, 0, block.size(), 0);
                    for (int tap = 0; tap < taps; tap++) {
                      int target = targets[tap * columns.inputPixels() + q];
                      if (target != Im2col.NONE) {
                        int first = target * block.size() * taps + tap;
                        add(runtime.workArea(worker), first, taps, block.size(), row);
                      }
                    }
                    x.put(q * columns.in() + block.first(), row, 0, block.size());
                  }
                }));
  }

  private static void add(NativeFloats product, int first, int step, int count, float[] row) {
    for (int c = 0, at = first; c < count; c++, at += step) {
      row[c] += product.get(at);
    }
  }

  /** Multiplies the output's gradient by the im2col matrix. */
  private Kernel gradientKernel(ConvolutionShape g, Value input, Value gradient, Value weights) {
    KernelRuntime runtime = calls.runtime();
    DnnlObjects objects = runtime.objects();
    Im2col columns = new Im2col(g);
    int width = columns.width();
    long pixels = columns.pixels();
    List<Bound> products = new ArrayList<>();
    for (Block block : ChannelBlocks.of(columns.out(), columns.in())) {
      long size = block.size();
      products.add(
          objects.product(
              objects.array(
                  objects.strided(new long[] {size, pixels}, 1, columns.out()),
                  KernelRuntime.address(gradient) + NativeFloats.bytes(block.first())),
              objects.inSharedArea(objects.strided(new long[] {pixels, width}, width, 1), 0),
              objects.array(
                  objects.strided(new long[] {size, width}, width, 1),
                  KernelRuntime.address(weights)
                      + NativeFloats.bytes((long) block.first() * width))));
    }
    NativeFloats x = KernelRuntime.numbers(input);
    float[][] rows = new float[runtime.threads()][width];
    return objects.kernel(
        () -> {
          NativeFloats area = runtime.sharedArea();
          runtime.runRanges(
              columns.pixels(),
              (first, end, worker) -> {
                float[] row = rows[worker];
                for (int p = first; p < end; p++) {
                  for (int tap = 0; tap < columns.taps(); tap++) {
                    columns.spread(x, p, tap, row);
                  }
                  area.put(p * width, row, 0, width);
                }
              });
          runtime.run(products);
        });
  }
}
