package io.ddgan.onednn.convolution;

import io.ddgan.onednn.convolution.ChannelBlocks.Block;
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

/** A convolution as products of weights {@code [out, in * taps]} and columns of pixels. */
final class ColumnConvolution extends NativeKernel {

  private final Columns columns;
  private final Numbers x;
  private final Numbers y;
  private final Optional<Numbers> bias;
  private final float[] shift;

  /** Of each thread: numbers of a channel, and then those of a pixel. */
  private final float[][] rows;

  private final List<Block> blocks;
  private final List<Bound> products = new ArrayList<>();

  ColumnConvolution(KernelRuntime runtime, Columns columns, Mapping m) {
    super(runtime);
    this.columns = columns;
    this.x = KernelRuntime.numbers(m.from());
    this.y = KernelRuntime.numbers(m.to());
    this.bias = m.bias().map(KernelRuntime::numbers);
    this.shift = new float[columns.out()];
    this.blocks = ChannelBlocks.of(columns.out(), columns.in());
    this.rows = new float[runtime.threads()][Math.max(columns.pixels(), blocks.get(0).size())];
    blocks.forEach(block -> bind(block, KernelRuntime.address(m.weights())));
  }

  private void bind(Block block, long weights) {
    long width = columns.width();
    long pixels = columns.pixels();
    long size = block.size();
    dnnl_memory_desc a = objects.strided(new long[] {size, width}, new long[] {width, 1});
    dnnl_memory_desc b = objects.strided(new long[] {width, pixels}, new long[] {pixels, 1});
    dnnl_memory_desc c = objects.strided(new long[] {size, pixels}, new long[] {pixels, 1});
    Primitive product = objects.primitive(block.size(), () -> objects.product(a, b, c, false));
    products.add(
        objects.bind(
            product,
            objects.array(Native.SOURCE, a, weights + block.first() * width * Float.BYTES),
            objects.inSharedArea(Native.WEIGHTS, b, 0),
            objects.inWorkArea(Native.DESTINATION, c, 0)));
  }

  @Override
  public void run() {
    bias.ifPresent(numbers -> numbers.get(0, shift, 0, shift.length)); // needed as an array
    Numbers area = runtime.sharedArea();
    int taps = columns.taps();
    int pixels = columns.pixels();
    runtime.runRanges(
        columns.in(),
        (first, end, worker) -> {
          float[] row = rows[worker];
          for (int c = first; c < end; c++) {
            for (int tap = 0; tap < taps; tap++) {
              gather(c, tap, row);
              area.put((c * taps + tap) * pixels, row, 0, pixels);
            }
          }
        });
    runtime.run(
        blocks.size(),
        (part, worker) -> {
          runtime.run(products.get(part), worker);
          deliver(blocks.get(part), runtime.workArea(worker), rows[worker]);
        });
  }

  /** What a tap sees of a channel from all pixels. */
  private void gather(int channel, int tap, float[] row) {
    for (int p = 0; p < columns.pixels(); p++) {
      int source = columns.source(tap, p);
      row[p] = source == Columns.NONE ? 0 : x.get(source * columns.in() + channel);
    }
  }

  /** From channels of pixels to pixels of channels. */
  private void deliver(Block block, Numbers product, float[] row) {
    int pixels = columns.pixels();
    for (int p = 0; p < pixels; p++) {
      for (int c = 0; c < block.size(); c++) {
        row[c] = product.get(c * pixels + p) + shift[block.first() + c];
      }
      y.put(p * columns.out() + block.first(), row, 0, block.size());
    }
  }
}
