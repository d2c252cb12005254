package io.ddgan.onednn.convolution;

import io.ddgan.engine.Value;
import io.ddgan.onednn.convolution.ChannelBlocks.Block;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.Native;
import io.ddgan.onednn.runtime.Native.Bound;
import io.ddgan.onednn.runtime.Native.Primitive;
import io.ddgan.onednn.runtime.NativeKernel;
import io.ddgan.onednn.runtime.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;

/**
 * The gradient of a convolution's input: products of the output's gradient and weights {@code [out,
 * in * taps]}, of which each pixel adds up those of the taps that see it.
 */
final class ColumnInputGradient extends NativeKernel {

  private final Columns columns;
  private final int[] targets;
  private final Numbers x;
  private final float[][] rows;
  private final List<Block> blocks;
  private final List<Bound> products = new ArrayList<>();

  ColumnInputGradient(
      KernelRuntime runtime, Columns columns, Value gradient, Value weights, Value to) {
    super(runtime);
    this.columns = columns;
    this.targets = columns.targets();
    this.x = KernelRuntime.numbers(to);
    this.blocks = ChannelBlocks.of(columns.in(), columns.out());
    this.rows = new float[runtime.threads()][blocks.get(0).size()];
    blocks.forEach(
        block -> bind(block, KernelRuntime.address(gradient), KernelRuntime.address(weights)));
  }

  private void bind(Block block, long gradient, long weights) {
    long out = columns.out();
    long pixels = columns.pixels();
    long width = (long) block.size() * columns.taps();
    dnnl_memory_desc a = objects.strided(new long[] {pixels, out}, new long[] {out, 1});
    dnnl_memory_desc b = objects.strided(new long[] {out, width}, new long[] {columns.width(), 1});
    dnnl_memory_desc c = objects.strided(new long[] {pixels, width}, new long[] {width, 1});
    Primitive product = objects.primitive(block.size(), () -> objects.product(a, b, c, false));
    long first = (long) block.first() * columns.taps() * Float.BYTES;
    products.add(
        objects.bind(
            product,
            objects.array(Native.SOURCE, a, gradient),
            objects.array(Native.WEIGHTS, b, weights + first),
            objects.inWorkArea(Native.DESTINATION, c, 0)));
  }

  @Override
  public void run() {
    runtime.run(
        blocks.size(),
        (part, worker) -> {
          runtime.run(products.get(part), worker);
          addUp(blocks.get(part), runtime.workArea(worker), rows[worker]);
        });
  }

  private void addUp(Block block, Numbers product, float[] row) {
    int taps = columns.taps();
    for (int q = 0; q < columns.inputPixels(); q++) {
      Arrays.fill(row, 0, block.size(), 0);
      for (int tap = 0; tap < taps; tap++) {
        int target = targets[tap * columns.inputPixels() + q];
        if (target != Columns.NONE) {
          add(product, target * block.size() * taps + tap, block.size(), row);
        }
      }
      x.put(q * columns.in() + block.first(), row, 0, block.size());
    }
  }

  private void add(Numbers product, int first, int count, float[] row) {
    for (int c = 0, at = first; c < count; c++, at += columns.taps()) {
      row[c] += product.get(at);
    }
  }
}
