package io.ddgan.onednn;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.Native.Bound;
import io.ddgan.onednn.Native.Primitive;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;

/**
 * The gradient of a 3x3 convolution's weights by Winograd's method: matrix products over all tiles.
 * Each of two parts adds up the products of its chunks of tiles.
 */
final class WinogradWeightGradient implements Kernel {

  /** Sums that are added up in the end, in order. */
  private static final int SUMS = 2;

  private final KernelRuntime runtime;
  private final WinogradTransforms transforms;
  private final int points;
  private final Native objects;
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
      KernelRuntime runtime,
      WinogradTransforms transforms,
      int chunk,
      Geometry g,
      Value input,
      Value gradient,
      Value weights) {
    this.runtime = runtime;
    this.transforms = transforms;
    this.points = transforms.points();
    this.objects = runtime.objects();
    this.in = (int) g.in();
    this.out = (int) g.out();
    this.tiles = transforms.tiles(g);
    this.chunk = chunk;
    this.chunks = (tiles + chunk - 1) / chunk;
    this.uStep = in * out + WorkAreas.APART;
    this.x = KernelRuntime.numbers(input);
    this.y = KernelRuntime.numbers(gradient);
    this.xTiles = transforms.tiling(g, in);
    this.yTiles = transforms.tiling(g, out);
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
    return sums() * points * uStep;
  }

  private void bindProducts() {
    dnnl_memory_desc c = objects.strided(new long[] {points, in, out}, new long[] {uStep, out, 1});
    for (int size : Winograd.sizes(tiles, chunk)) {
      dnnl_memory_desc a =
          objects.strided(new long[] {points, in, size}, new long[] {vStep(), 1, in});
      dnnl_memory_desc b =
          objects.strided(new long[] {points, size, out}, new long[] {mStep(), out, 1});
      Primitive first = objects.primitive(objects.product(a, b, c, false));
      Primitive further = objects.primitive(objects.product(a, b, c, true));
      for (int sum = 0; sum < sums(); sum++) {
        for (int adds = 0; adds < 2; adds++) {
          products.put(
              List.of(sum, size, adds),
              objects.bind(
                  adds == 0 ? first : further,
                  objects.inWorkArea(Native.SOURCE, a, 0),
                  objects.inWorkArea(Native.WEIGHTS, b, Numbers.bytes((long) points * vStep())),
                  objects.inSharedArea(
                      Native.DESTINATION, c, Numbers.bytes((long) sum * points * uStep))));
        }
      }
    }
  }

  @Override
  public void run() {
    multiplyChunks();
    runtime.addUp(points * uStep, sums());
    Numbers shared = runtime.sharedArea();
    Numbers plain = shared.part(plain(), 9 * in * out);
    order.run(
        (first, end, worker) ->
            transforms.weightGradient(
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
            transforms.input(x, xTiles, first, count, area, 0, vStep(), runtime.zeros(), between);
            transforms.gradient(y, yTiles, first, count, area, points * vStep(), mStep(), between);
            runtime.run(products.get(List.of(sum, count, i == from ? 0 : 1)), worker);
          }
        });
  }

  @Override
  public void close() {
    objects.close();
  }
}
