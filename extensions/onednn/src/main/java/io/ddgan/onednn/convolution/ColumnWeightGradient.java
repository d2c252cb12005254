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
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;

/**
 * The gradient of a convolution's weights {@code [out, in * taps]}: products of the output's
 * gradient and what each pixel sees.
 */
final class ColumnWeightGradient extends NativeKernel {

  private final Columns columns;
  private final Numbers x;
  private final float[][] rows;
  private final List<Bound> products = new ArrayList<>();

  ColumnWeightGradient(
      KernelRuntime runtime, Columns columns, Value input, Value gradient, Value weights) {
    super(runtime);
    this.columns = columns;
    this.x = KernelRuntime.numbers(input);
    this.rows = new float[runtime.threads()][columns.width()];
    for (Block block : ChannelBlocks.of(columns.out(), columns.in())) {
      bind(block, KernelRuntime.address(gradient), KernelRuntime.address(weights));
    }
  }

  private void bind(Block block, long gradient, long weights) {
    long width = columns.width();
    long pixels = columns.pixels();
    long size = block.size();
    dnnl_memory_desc a = objects.strided(new long[] {size, pixels}, new long[] {1, columns.out()});
    dnnl_memory_desc b = objects.strided(new long[] {pixels, width}, new long[] {width, 1});
    dnnl_memory_desc c = objects.strided(new long[] {size, width}, new long[] {width, 1});
    Primitive product = objects.primitive(block.size(), () -> objects.product(a, b, c, false));
    products.add(
        objects.bind(
            product,
            objects.array(Native.SOURCE, a, gradient + (long) block.first() * Float.BYTES),
            objects.inSharedArea(Native.WEIGHTS, b, 0),
            objects.array(Native.DESTINATION, c, weights + block.first() * width * Float.BYTES)));
  }

  @Override
  public void run() {
    Numbers area = runtime.sharedArea();
    int width = columns.width();
    runtime.runRanges(
        columns.pixels(),
        (first, end, worker) -> {
          float[] row = rows[worker];
          for (int p = first; p < end; p++) {
            for (int tap = 0; tap < columns.taps(); tap++) {
              spread(columns.source(tap, p), tap, row);
            }
            area.put(p * width, row, 0, width);
          }
        });
    runtime.run(products);
  }

  /** The channels of a pixel to where a tap's are. */
  private void spread(int source, int tap, float[] row) {
    for (int c = 0, at = tap; c < columns.in(); c++, at += columns.taps()) {
      row[at] = source == Columns.NONE ? 0 : x.get(source * columns.in() + c);
    }
  }
}
