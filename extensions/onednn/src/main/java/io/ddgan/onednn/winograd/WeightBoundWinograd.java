package io.ddgan.onednn.winograd;

import io.ddgan.onednn.convolution.ChannelBlocks;
import io.ddgan.onednn.convolution.ChannelBlocks.Block;
import io.ddgan.onednn.convolution.Geometry;
import io.ddgan.onednn.convolution.Mapping;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.Native;
import io.ddgan.onednn.runtime.Native.Bound;
import io.ddgan.onednn.runtime.Native.Primitive;
import io.ddgan.onednn.runtime.NativeKernel;
import io.ddgan.onednn.runtime.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;

/**
 * A 3x3 convolution of few tiles by many weights, or the gradient of its input, by Winograd's
 * method. The factors of the weights, four times as large as these, are made for a block of the
 * outputs' channels at a time, and never leave the core's cache; those of all tiles are in memory
 * that all threads share.
 */
final class WeightBoundWinograd extends NativeKernel {

  private final boolean isFlipped;
  private final int in;
  private final int out;
  private final FactorLayout layout;
  private final List<Block> blocks;
  private final List<Bound> reorders = new ArrayList<>();
  private final List<Bound> products = new ArrayList<>();
  private final Numbers x;
  private final Numbers y;
  private final Tiling fromTiles;
  private final Tiling toTiles;
  private final Optional<Numbers> bias;
  private final float[] shift;

  WeightBoundWinograd(KernelRuntime runtime, Mapping m) {
    super(runtime);
    Geometry g = m.g();
    this.isFlipped = m.isGradient();
    this.in = m.in();
    this.out = m.out();
    this.layout = new FactorLayout(WinogradTransforms.tiles(g), in, out);
    this.blocks = ChannelBlocks.of(out, in);
    this.x = KernelRuntime.numbers(m.from());
    this.y = KernelRuntime.numbers(m.to());
    this.fromTiles = WinogradTransforms.tiling(g, in);
    this.toTiles = WinogradTransforms.tiling(g, out);
    this.bias = m.bias().map(KernelRuntime::numbers);
    this.shift = new float[out];
    for (Block block : blocks) {
      bindReorder(g, block, KernelRuntime.address(m.weights()));
      bindProduct(block);
    }
  }

  /** Weights {@code [out, in, 3, 3]} in memory of {@code [3, 3, in, out]}, turned if flipped. */
  private void bindReorder(Geometry g, Block block, long weights) {
    Geometry part = isFlipped ? g.withIn(block.size()) : g.withOut(block.size());
    long row = g.in() * 9;
    dnnl_memory_desc rowMajor = objects.strided(part.weights(), new long[] {row, 9, 3, 1});
    dnnl_memory_desc order = WeightOrder.tapsFirst(objects, part, part, isFlipped);
    Primitive reorder =
        objects.primitive(List.of("reorder", block.size()), () -> objects.reorder(rowMajor, order));
    long first = block.first() * (isFlipped ? 9 : row);
    reorders.add(
        objects.bind(
            reorder,
            objects.array(Native.SOURCE, rowMajor, weights + Numbers.bytes(first)),
            objects.inWorkArea(Native.DESTINATION, order, 0)));
  }

  private void bindProduct(Block block) {
    int size = block.size();
    dnnl_memory_desc a =
        objects.strided(
            new long[] {WinogradTransforms.POINTS, layout.tiles(), in},
            new long[] {layout.firstStep(), in, 1});
    dnnl_memory_desc b =
        objects.strided(
            new long[] {WinogradTransforms.POINTS, in, size},
            new long[] {layout.blockStep(block), size, 1});
    dnnl_memory_desc c =
        objects.strided(
            new long[] {WinogradTransforms.POINTS, layout.tiles(), size},
            new long[] {layout.secondStep(), out, 1});
    Primitive product =
        objects.primitive(List.of("product", size), () -> objects.product(a, b, c, false));
    products.add(
        objects.bind(
            product,
            objects.inSharedArea(Native.SOURCE, a, 0),
            objects.inWorkArea(Native.WEIGHTS, b, Numbers.bytes(layout.blockFactors(block))),
            objects.inSharedArea(
                Native.DESTINATION, c, Numbers.bytes(layout.second() + block.first()))));
  }

  @Override
  public void run() {
    Numbers shared = runtime.sharedArea();
    bias.ifPresent(numbers -> numbers.get(0, shift, 0, out)); // needed as an array
    runtime.runRanges(
        layout.tiles(),
        (first, end, worker) ->
            WinogradTransforms.input(
                x,
                fromTiles,
                first,
                end - first,
                shared,
                first * in,
                layout.firstStep(),
                runtime.zeros(),
                runtime.between(worker)));
    runtime.run(
        blocks.size(),
        (part, worker) -> {
          Block block = blocks.get(part);
          int n = layout.weights(block);
          Numbers area = runtime.workArea(worker);
          runtime.run(reorders.get(part), worker);
          WinogradTransforms.weights(
              area,
              n,
              isFlipped,
              0,
              n,
              area,
              layout.blockFactors(block),
              layout.blockStep(block),
              runtime.between(worker));
          runtime.run(products.get(part), worker);
        });
    runtime.runRanges(
        layout.tiles(),
        (first, end, worker) ->
            WinogradTransforms.output(
                shared,
                layout.second() + first * out,
                layout.secondStep(),
                y,
                toTiles,
                first,
                end - first,
                shift,
                runtime.between(worker)));
  }
}
