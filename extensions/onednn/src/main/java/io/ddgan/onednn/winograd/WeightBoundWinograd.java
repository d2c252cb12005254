package io.ddgan.onednn.winograd;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.convolution.ChannelBlocks;
import io.ddgan.onednn.convolution.ChannelBlocks.Block;
import io.ddgan.onednn.convolution.ConvolutionCalls;
import io.ddgan.onednn.convolution.ConvolutionShape;
import io.ddgan.onednn.convolution.DataConvolution;
import io.ddgan.onednn.runtime.DnnlObjects;
import io.ddgan.onednn.runtime.DnnlObjects.Array;
import io.ddgan.onednn.runtime.DnnlObjects.Bound;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.NativeFloats;
import io.ddgan.onednn.runtime.Scratchpads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * 3x3 convolutions of few tiles with many weights, and their gradients, by Winograd's method.
 * Weight factors are four times as large as the weights. They are computed for one block of output
 * channels at a time and stay in the core's cache, in the thread's area after the weights. The
 * factors of all tiles are in two arrays shared by all threads. Factors of constant weights are
 * computed once instead, and kept.
 */
final class WeightBoundWinograd {

  private static final int POINTS = WinogradTransforms.POINTS;

  private final KernelRuntime runtime;
  private final DnnlObjects objects;
  private final ConvolutionShape g;
  private final int in;
  private final int out;
  private final int tiles;
  private final List<Block> blocks;

  /** Distance between the factors of the first array, which starts at 0. */
  private final int firstStep;

  /** Distance between the factors of the second array. */
  private final int secondStep;

  /** Start of the second array. */
  private final int second;

  private WeightBoundWinograd(KernelRuntime runtime, ConvolutionShape g, int in, int out) {
    this.runtime = runtime;
    this.objects = runtime.objects();
    this.g = g;
    this.in = in;
    this.out = out;
    this.tiles = WinogradTransforms.tiles(g);
    this.blocks = ChannelBlocks.of(out, in);
    this.firstStep = tiles * in + Scratchpads.APART;
    this.secondStep = tiles * out + Scratchpads.APART;
    this.second = POINTS * firstStep;
  }

  /** Emits a convolution or the gradient of its input. */
  static void emit(ConvolutionCalls calls, DataConvolution m) {
    Supplier<WeightBoundWinograd> kernels =
        () -> new WeightBoundWinograd(calls.runtime(), m.g(), m.in(), m.out());
    if (m.weights().isConstant()) {
      long[] size = {
        POINTS
            * (m.g().in() * m.g().out()
                + (long) ChannelBlocks.of(m.out(), m.in()).size() * Scratchpads.APART)
      };
      Value factors = Value.planned(DataType.FLOAT, size);
      calls.weights(m.weights(), factors, () -> kernels.get().factors(m, factors));
      calls.map(m, factors, () -> kernels.get().mapping(m, Optional.of(factors)));
    } else {
      calls.map(m, m.weights(), () -> kernels.get().mapping(m, Optional.empty()));
    }
  }

  /** Returns a kernel for the gradient of the weights. */
  static Kernel of(
      KernelRuntime runtime, ConvolutionShape g, Value input, Value gradient, Value weights) {
    return new WeightBoundWinograd(runtime, g, (int) g.in(), (int) g.out())
        .weightGradient(input, gradient, weights);
  }

  private int weights(Block block) {
    return in * block.size();
  }

  /** Returns the distance between the factors of a block's weights. */
  private int blockStep(Block block) {
    return weights(block) + Scratchpads.APART;
  }

  /** Returns the start of a block's weight factors. */
  private int blockFactors(Block block) {
    return 9 * weights(block);
  }

  private Array firstFactors() {
    return objects.inSharedArea(
        objects.strided(new long[] {POINTS, tiles, in}, firstStep, in, 1), 0);
  }

  /** Computes the factors of a block's weights in a thread. */
  @FunctionalInterface
  private interface BlockFactors {
    void compute(int block, int worker);
  }

  /** Returns the start of a block's kept factors. */
  private int kept(int block) {
    return POINTS * (in * blocks.get(block).first() + block * Scratchpads.APART);
  }

  /**
   * Prepares the factors of all blocks' weights.
   *
   * @param factors kept factors; empty for those in a thread's area
   */
  private BlockFactors factors(DataConvolution m, Optional<NativeFloats> factors) {
    boolean isFlipped = m.isGradient();
    List<Bound> reorders = new ArrayList<>();
    for (Block block : blocks) {
      ConvolutionShape part = isFlipped ? g.withIn(block.size()) : g.withOut(block.size());
      reorders.add(
          objects.reorder(
              WeightOrder.inMemory(objects, part, g, isFlipped, m.weights(), block.first()),
              objects.inWorkArea(WeightOrder.tapsFirst(objects, part, part, isFlipped), 0)));
    }
    return (index, worker) -> {
      Block block = blocks.get(index);
      int n = weights(block);
      NativeFloats area = runtime.workArea(worker);
      TransformedTiles u =
          new TransformedTiles(
              factors.orElse(area),
              factors.isPresent() ? kept(index) : blockFactors(block),
              blockStep(block));
      runtime.run(reorders.get(index), worker);
      WinogradTransforms.weights(area, n, isFlipped, 0, n, u, runtime.tiles(worker));
    };
  }

  /** Returns a kernel that computes the kept factors of all weights. */
  private Kernel factors(DataConvolution m, Value kept) {
    BlockFactors factors = factors(m, Optional.of(KernelRuntime.numbers(kept)));
    return objects.kernel(() -> runtime.run(blocks.size(), factors::compute));
  }

  private Kernel mapping(DataConvolution m, Optional<Value> kept) {
    BlockFactors factors = kept.isPresent() ? (block, worker) -> {} : factors(m, Optional.empty());
    List<Bound> products = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      long size = block.size();
      long start = NativeFloats.bytes(kept(i));
      dnnl_memory_desc weights =
          objects.strided(new long[] {POINTS, in, size}, blockStep(block), size, 1);
      products.add(
          objects.product(
              firstFactors(),
              kept.map(value -> objects.array(weights, KernelRuntime.address(value) + start))
                  .orElseGet(
                      () -> objects.inWorkArea(weights, NativeFloats.bytes(blockFactors(block)))),
              objects.inSharedArea(
                  objects.strided(new long[] {POINTS, tiles, size}, secondStep, out, 1),
                  NativeFloats.bytes(second + block.first()))));
    }
    NativeFloats x = KernelRuntime.numbers(m.from());
    NativeFloats y = KernelRuntime.numbers(m.to());
    Tiling fromTiles = WinogradTransforms.tiling(g, in);
    Tiling toTiles = WinogradTransforms.tiling(g, out);
    Optional<NativeFloats> bias = m.bias().map(KernelRuntime::numbers);
    float[] shift = new float[out];
    return objects.kernel(
        () -> {
          NativeFloats shared = runtime.sharedArea();
          bias.ifPresent(numbers -> numbers.get(0, shift, 0, out)); // copied to an array
          runtime.runRanges(tiles, (first, end, worker) -> input(x, fromTiles, first, end, worker));
          runtime.run(
              blocks.size(),
              (part, worker) -> {
                factors.compute(part, worker);
                runtime.run(products.get(part), worker);
              });
          runtime.runRanges(
              tiles,
              (first, end, worker) -> {
                TransformedTiles transformed =
                    new TransformedTiles(shared, second + first * out, secondStep);
                WinogradTransforms.output(
                    transformed, y, toTiles, first, end - first, shift, runtime.tiles(worker));
              });
        });
  }

  private void input(NativeFloats x, Tiling t, int first, int end, int worker) {
    WinogradTransforms.input(
        x,
        t,
        first,
        end - first,
        new TransformedTiles(runtime.sharedArea(), first * in, firstStep),
        runtime.tiles(worker));
  }

  private Kernel weightGradient(Value input, Value gradient, Value weights) {
    List<Bound> products = new ArrayList<>();
    List<Bound> reorders = new ArrayList<>();
    for (Block block : blocks) {
      long size = block.size();
      ConvolutionShape part = g.withOut(size);
      products.add(
          objects.product(
              objects.inSharedArea(
                  objects.strided(new long[] {POINTS, size, tiles}, secondStep, 1, out),
                  NativeFloats.bytes(second + block.first())),
              firstFactors(),
              objects.inWorkArea(
                  objects.strided(new long[] {POINTS, size, in}, blockStep(block), in, 1),
                  NativeFloats.bytes(blockFactors(block)))));
      reorders.add(
          objects.reorder(
              objects.inWorkArea(WeightOrder.tapsFirst(objects, part, part, true), 0),
              WeightOrder.inMemory(objects, part, g, false, weights, block.first())));
    }
    NativeFloats x = KernelRuntime.numbers(input);
    NativeFloats y = KernelRuntime.numbers(gradient);
    Tiling inputTiles = WinogradTransforms.tiling(g, in);
    Tiling outputTiles = WinogradTransforms.tiling(g, out);
    return objects.kernel(
        () -> {
          NativeFloats shared = runtime.sharedArea();
          runtime.runRanges(
              tiles,
              (first, end, worker) -> {
                input(x, inputTiles, first, end, worker);
                TransformedTiles factors =
                    new TransformedTiles(shared, second + first * out, secondStep);
                WinogradTransforms.gradient(
                    y, outputTiles, first, end - first, factors, runtime.tiles(worker));
              });
          runtime.run(
              blocks.size(),
              (part, worker) -> {
                Block block = blocks.get(part);
                int n = weights(block);
                NativeFloats area = runtime.workArea(worker);
                TransformedTiles u =
                    new TransformedTiles(area, blockFactors(block), blockStep(block));
                runtime.run(products.get(part), worker);
                WinogradTransforms.weightGradient(u, 0, n, area, n, runtime.tiles(worker));
                runtime.run(reorders.get(part), worker);
              });
        });
  }
}
