package io.ddgan.onednn.winograd;

import io.ddgan.engine.Value;
import io.ddgan.onednn.convolution.Geometry;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.Native.Bound;
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
    long points = WinogradTransforms.POINTS;
    dnnl_memory_desc c = objects.strided(new long[] {points, in, out}, uStep, out, 1);
    for (int size : Winograd.sizes(tiles, chunk)) {
      dnnl_memory_desc a = objects.strided(new long[] {points, in, size}, vStep(), 1, in);
      dnnl_memory_desc b = objects.strided(new long[] {points, size, out}, mStep(), out, 1);
      for (int sum = 0; sum < sums(); sum++) {
        for (int adds = 0; adds < 2; adds++) {
          products.put(
              List.of(sum, size, adds),
              objects.product(
                  objects.inWorkArea(a, 0),
                  objects.inWorkArea(b, Numbers.bytes(points * vStep())),
                  objects.inSharedArea(c, Numbers.bytes(sum * points * uStep)),
                  adds == 1));
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
    Factors sum = new Factors(shared, 0, uStep);
    order.run(
        (first, end, worker) ->
            WinogradTransforms.weightGradient(
                sum, first, end, plain, in * out, runtime.between(worker)));
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
            Factors v = new Factors(area, 0, vStep());
            WinogradTransforms.input(x, xTiles, first, count, v, between);
            Factors m = new Factors(area, WinogradTransforms.POINTS * vStep(), mStep());
            WinogradTransforms.gradient(y, yTiles, first, count, m, between);
            runtime.run(products.get(List.of(sum, count, i == from ? 0 : 1)), worker);
          }
        });
  }
}
