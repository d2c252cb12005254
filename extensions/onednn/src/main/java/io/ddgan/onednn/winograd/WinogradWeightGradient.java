package io.ddgan.onednn.winograd;

import io.ddgan.engine.Value;
import io.ddgan.onednn.convolution.Geometry;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.Native;
import io.ddgan.onednn.runtime.Native.Bound;
import io.ddgan.onednn.runtime.Native.Primitive;
import io.ddgan.onednn.runtime.NativeKernel;
import io.ddgan.onednn.runtime.Numbers;
import io.ddgan.onednn.runtime.WorkAreas;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;

/**
 * The gradient of a 3x3 convolution's weights by Winograd's method: matrix products over all tiles.
 * Each of two parts adds up the products of its chunks of tiles.
 */
final class WinogradWeightGradient extends NativeKernel {

  /** Sums that are added up in the end, in order. */
  private static final int SUMS = 2;

  private final int in;
  private final int out;
  private final int tiles;
  private final int chunk;
  private final int chunks;
  private final int uStep;
  private final Numbers x;
  private final Numbers y;
  private final Tiling xTiles;
  private final Tiling yTiles;
  private final Map<List<Integer>, Bound> products = new HashMap<>();
  private final WeightOrder order;

  WinogradWeightGradient(
      KernelRuntime runtime, int chunk, Geometry g, Value input, Value gradient, Value weights) {
    super(runtime);
    this.in = (int) g.in();
    this.out = (int) g.out();
    this.tiles = WinogradTransforms.tiles(g);
    this.chunk = chunk;
    this.chunks = (tiles + chunk - 1) / chunk;
    this.uStep = in * out + WorkAreas.APART;
    this.x = KernelRuntime.numbers(input);
    this.y = KernelRuntime.numbers(gradient);
    this.xTiles = WinogradTransforms.tiling(g, in);
    this.yTiles = WinogradTransforms.tiling(g, out);
    bindProducts();
    this.order = new WeightOrder(runtime, objects, g, false, weights, plain(), true);
  }

  private int vStep() {
    return chunk * in + WorkAreas.APART;
  }

  private int mStep() {
    return chunk * out + WorkAreas.APART;
  }

  private int sums() {
    return Math.min(SUMS, chunks);
  }

  /** Where the weights' gradient lies in the shared area, after the sums. */
  private int plain() {
    return sums() * WinogradTransforms.POINTS * uStep;
  }

  private void bindProducts() {
    dnnl_memory_desc c =
        objects.strided(
            new long[] {WinogradTransforms.POINTS, in, out}, new long[] {uStep, out, 1});
    for (int size : Winograd.sizes(tiles, chunk)) {
      dnnl_memory_desc a =
          objects.strided(
              new long[] {WinogradTransforms.POINTS, in, size}, new long[] {vStep(), 1, in});
      dnnl_memory_desc b =
          objects.strided(
              new long[] {WinogradTransforms.POINTS, size, out}, new long[] {mStep(), out, 1});
      Primitive first = objects.primitive(objects.product(a, b, c, false));
      Primitive further = objects.primitive(objects.product(a, b, c, true));
      for (int sum = 0; sum < sums(); sum++) {
        for (int adds = 0; adds < 2; adds++) {
          products.put(
              List.of(sum, size, adds),
              objects.bind(
                  adds == 0 ? first : further,
                  objects.inWorkArea(Native.SOURCE, a, 0),
                  objects.inWorkArea(
                      Native.WEIGHTS, b, Numbers.bytes((long) WinogradTransforms.POINTS * vStep())),
                  objects.inSharedArea(
                      Native.DESTINATION,
                      c,
                      Numbers.bytes((long) sum * WinogradTransforms.POINTS * uStep))));
        }
      }
    }
  }

  @Override
  public void run() {
    multiplyChunks();
    runtime.addUp(WinogradTransforms.POINTS * uStep, sums());
    Numbers shared = runtime.sharedArea();
    Numbers plain = shared.part(plain(), 9 * in * out);
    order.run(
        (first, end, worker) ->
            WinogradTransforms.weightGradient(
                shared, 0, uStep, first, end, plain, in * out, runtime.between(worker)));
  }

  private void multiplyChunks() {
    runtime.run(
        sums(),
        (sum, worker) -> {
          Numbers area = runtime.workArea(worker);
          Numbers between = runtime.between(worker);
          int from = chunks * sum / sums();
          for (int i = from; i < chunks * (sum + 1) / sums(); i++) {
            int first = i * chunk;
            int count = Math.min(chunk, tiles - first);
            WinogradTransforms.input(
                x, xTiles, first, count, area, 0, vStep(), runtime.zeros(), between);
            WinogradTransforms.gradient(
                y,
                yTiles,
                first,
                count,
                area,
                WinogradTransforms.POINTS * vStep(),
                mStep(),
                between);
            runtime.run(products.get(List.of(sum, count, i == from ? 0 : 1)), worker);
          }
        });
  }
}
