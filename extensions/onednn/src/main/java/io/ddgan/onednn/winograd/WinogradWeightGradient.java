package io.ddgan.onednn.winograd;

import io.ddgan.engine.Value;
import io.ddgan.onednn.convolution.ConvolutionShape;
import io.ddgan.onednn.runtime.DnnlObjects.Bound;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.NativeFloats;
import io.ddgan.onednn.runtime.NativeKernel;
import io.ddgan.onednn.runtime.Scratchpads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;

/**
 * The gradient of a 3x3 convolution's weights by Winograd's method: matrix products over all tiles.
 * Each of two parts sums the products of its chunks.
 */
final class WinogradWeightGradient extends NativeKernel {

  /** Number of partial sums, which are added in order at the end. */
  private static final int SUMS = 2;

  private final int in;
  private final int out;
  private final int tiles;
  private final int chunk;
  private final int chunks;
  private final int uStep;
  private final NativeFloats x;
  private final NativeFloats y;
  private final Tiling xTiles;
  private final Tiling yTiles;
  private final Map<List<Integer>, Bound> products = new HashMap<>();
  private final WeightOrder order;

  WinogradWeightGradient(
      KernelRuntime runtime,
      int chunk,
      ConvolutionShape g,
      Value input,
      Value gradient,
      Value weights) {
    super(runtime);
    this.in = (int) g.in();
    this.out = (int) g.out();
    this.tiles = WinogradTransforms.tiles(g);
    this.chunk = chunk;
    this.chunks = (tiles + chunk - 1) / chunk;
    this.uStep = in * out + Scratchpads.APART;
    this.x = KernelRuntime.numbers(input);
    this.y = KernelRuntime.numbers(gradient);
    this.xTiles = WinogradTransforms.tiling(g, in);
    this.yTiles = WinogradTransforms.tiling(g, out);
    bindProducts();
    this.order = new WeightOrder(runtime, objects, g, false, weights, plain(), true);
  }

  private int vStep() {
    return chunk * in + Scratchpads.APART;
  }

  private int mStep() {
    return chunk * out + Scratchpads.APART;
  }

  private int sums() {
    return Math.min(SUMS, chunks);
  }

  /** Returns the start of the weights' gradient in the shared area, after the sums. */
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
                  objects.inWorkArea(b, NativeFloats.bytes(points * vStep())),
                  objects.inSharedArea(c, NativeFloats.bytes(sum * points * uStep)),
                  adds == 1));
        }
      }
    }
  }

  @Override
  public void run() {
    multiplyChunks();
    runtime.addUp(WinogradTransforms.POINTS * uStep, sums());
    NativeFloats shared = runtime.sharedArea();
    NativeFloats plain = shared.part(plain(), 9 * in * out);
    TransformedTiles sum = new TransformedTiles(shared, 0, uStep);
    order.run(
        (first, end, worker) ->
            WinogradTransforms.weightGradient(
                sum, first, end, plain, in * out, runtime.tiles(worker)));
  }

  private void multiplyChunks() {
    runtime.run(
        sums(),
        (sum, worker) -> {
          NativeFloats area = runtime.workArea(worker);
          NativeFloats between = runtime.tiles(worker);
          int from = chunks * sum / sums();
          for (int i = from; i < chunks * (sum + 1) / sums(); i++) {
            int first = i * chunk;
            int count = Math.min(chunk, tiles - first);
            TransformedTiles v = new TransformedTiles(area, 0, vStep());
            WinogradTransforms.input(x, xTiles, first, count, v, between);
            TransformedTiles m =
                new TransformedTiles(area, WinogradTransforms.POINTS * vStep(), mStep());
            WinogradTransforms.gradient(y, yTiles, first, count, m, between);
            runtime.run(products.get(List.of(sum, count, i == from ? 0 : 1)), worker);
          }
        });
  }
}
