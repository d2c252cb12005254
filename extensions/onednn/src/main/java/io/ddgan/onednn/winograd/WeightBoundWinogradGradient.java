package io.ddgan.onednn.winograd;

import io.ddgan.engine.Value;
import io.ddgan.onednn.convolution.ChannelBlocks;
import io.ddgan.onednn.convolution.ChannelBlocks.Block;
import io.ddgan.onednn.convolution.Geometry;
import io.ddgan.onednn.layout.Maps;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.Native;
import io.ddgan.onednn.runtime.Native.Bound;
import io.ddgan.onednn.runtime.Native.Primitive;
import io.ddgan.onednn.runtime.NativeKernel;
import io.ddgan.onednn.runtime.Numbers;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;

/**
 * The gradient of many weights of a 3x3 convolution of few tiles by Winograd's F(4x4, 3x3). The
 * products, four times as large as the gradient, are made for a block of the outputs' channels at a
 * time, and never leave the core's cache; the factors of all tiles are in memory that all threads
 * share.
 */
final class WeightBoundWinogradGradient extends NativeKernel {

  private final int in;
  private final int out;
  private final FactorLayout layout;
  private final List<Block> blocks;
  private final List<Bound> products = new ArrayList<>();
  private final List<Bound> reorders = new ArrayList<>();
  private final Numbers x;
  private final Numbers y;
  private final Tiling xTiles;
  private final Tiling yTiles;

  WeightBoundWinogradGradient(
      KernelRuntime runtime, Geometry g, Value input, Value gradient, Value weights) {
    super(runtime);
    this.in = (int) g.in();
    this.out = (int) g.out();
    this.layout = new FactorLayout(WinogradTransforms.tiles(g), in, out);
    this.blocks = ChannelBlocks.of(out, in);
    this.x = KernelRuntime.numbers(input);
    this.y = KernelRuntime.numbers(gradient);
    this.xTiles = WinogradTransforms.tiling(g, in);
    this.yTiles = WinogradTransforms.tiling(g, out);
    for (Block block : blocks) {
      bindProduct(block);
      bindReorder(g.withOut(block.size()), block, KernelRuntime.address(weights));
    }
  }

  private void bindProduct(Block block) {
    int size = block.size();
    dnnl_memory_desc a =
        objects.strided(
            new long[] {WinogradTransforms.POINTS, size, layout.tiles()},
            new long[] {layout.secondStep(), 1, out});
    dnnl_memory_desc b =
        objects.strided(
            new long[] {WinogradTransforms.POINTS, layout.tiles(), in},
            new long[] {layout.firstStep(), in, 1});
    dnnl_memory_desc c =
        objects.strided(
            new long[] {WinogradTransforms.POINTS, size, in},
            new long[] {layout.blockStep(block), in, 1});
    Primitive product =
        objects.primitive(List.of("product", size), () -> objects.product(a, b, c, false));
    products.add(
        objects.bind(
            product,
            objects.inSharedArea(Native.SOURCE, a, Numbers.bytes(layout.second() + block.first())),
            objects.inSharedArea(Native.WEIGHTS, b, 0),
            objects.inWorkArea(Native.DESTINATION, c, Numbers.bytes(layout.blockFactors(block)))));
  }

  /** From memory of {@code [3, 3, out, in]} to the gradient {@code [out, in, 3, 3]}. */
  private void bindReorder(Geometry part, Block block, long weights) {
    dnnl_memory_desc order = WeightOrder.tapsFirst(objects, part, part, true);
    dnnl_memory_desc rowMajor = objects.strided(part.weights(), Maps.rowMajor(part.weights()));
    Primitive reorder =
        objects.primitive(List.of("reorder", block.size()), () -> objects.reorder(order, rowMajor));
    reorders.add(
        objects.bind(
            reorder,
            objects.inWorkArea(Native.SOURCE, order, 0),
            objects.array(
                Native.DESTINATION, rowMajor, weights + Numbers.bytes(9L * in * block.first()))));
  }

  @Override
  public void run() {
    Numbers shared = runtime.sharedArea();
    runtime.runRanges(
        layout.tiles(),
        (first, end, worker) -> {
          Numbers between = runtime.between(worker);
          WinogradTransforms.input(
              x,
              xTiles,
              first,
              end - first,
              shared,
              first * in,
              layout.firstStep(),
              runtime.zeros(),
              between);
          WinogradTransforms.gradient(
              y,
              yTiles,
              first,
              end - first,
              shared,
              layout.second() + first * out,
              layout.secondStep(),
              between);
        });
    runtime.run(
        blocks.size(),
        (part, worker) -> {
          Block block = blocks.get(part);
          int n = layout.weights(block);
          Numbers area = runtime.workArea(worker);
          runtime.run(products.get(part), worker);
          WinogradTransforms.weightGradient(
              area,
              layout.blockFactors(block),
              layout.blockStep(block),
              0,
              n,
              area,
              n,
              runtime.between(worker));
          runtime.run(reorders.get(part), worker);
        });
  }
}
