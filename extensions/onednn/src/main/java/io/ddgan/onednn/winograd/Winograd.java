package io.ddgan.onednn.winograd;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.convolution.ConvolutionCalls;
import io.ddgan.onednn.convolution.ConvolutionMethod;
import io.ddgan.onednn.convolution.ConvolutionShape;
import io.ddgan.onednn.convolution.DataConvolution;
import io.ddgan.onednn.runtime.DnnlObjects;
import io.ddgan.onednn.runtime.DnnlObjects.Bound;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.NativeFloats;
import io.ddgan.onednn.runtime.Scratchpads;
import io.ddgan.onednn.runtime.VectorLoops;
import io.ddgan.onednn.runtime.WorkerThreads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * 3x3 convolutions and their gradients by Winograd's method. Tiles are processed in chunks that
 * stay in a core's cache.
 */
public final class Winograd implements ConvolutionMethod {

  private static final int SMALLEST_MAP = 64;
  private static final int FEWEST_CHANNELS = 16;

  /** Minimum number of tiles. */
  private static final int FEWEST_TILES = 16;

  /** Maximum ratio of tile factors to weight factors for {@link WeightBoundWinograd}. */
  private static final long WEIGHT_BOUND = 3;

  /** Minimum channels that give blocks for several threads. */
  private static final int FEWEST_BLOCKED = 64;

  /** Maximum bytes of the factors of all tiles. */
  private static final long LARGEST = 1L << 25;

  /** Elements per chunk: factors and products stay in a cache of 2 MB. */
  private static final long CHUNK = 300_000;

  /** From this number of weights on, chunks are larger, because each reads all weights. */
  private static final long MANY_WEIGHTS = 1 << 14;

  private final KernelRuntime runtime;
  private final ConvolutionCalls calls;
  private final Map<Value, Map<Boolean, Value>> factors = new HashMap<>();

  public Winograd(ConvolutionCalls calls) {
    this.runtime = calls.runtime();
    this.calls = calls;
    runtime.reserveTile(WinogradTransforms.BETWEEN);
  }

  /** Returns whether to use this method for a convolution. */
  public boolean suits(ConvolutionShape g) {
    int lanes = VectorLoops.LANES.length();
    return g.kernelHeight() == 3
        && g.kernelWidth() == 3
        && g.strideHeight() == 1
        && g.strideWidth() == 1
        && g.top() == 1
        && g.left() == 1
        && g.height() == g.outHeight()
        && g.width() == g.outWidth()
        && WinogradTransforms.divides(g)
        && (g.height() * g.width() >= SMALLEST_MAP || isOfManyTiles(g))
        && g.in() * g.out() % lanes == 0
        && Math.min(g.in(), g.out()) >= Math.max(FEWEST_CHANNELS, lanes);
  }

  /** Returns whether there are enough tiles for the number of weights. */
  private boolean isOfManyTiles(ConvolutionShape g) {
    return WinogradTransforms.tiles(g) >= FEWEST_TILES && isWeightBound(g);
  }

  /** Returns whether to use {@link WeightBoundWinograd}: weight factors dominate. */
  private boolean isWeightBound(ConvolutionShape g) {
    return hasFewTiles(g, WEIGHT_BOUND);
  }

  /** Returns whether tile factors fit in memory and are at most {@code times} the weights'. */
  private boolean hasFewTiles(ConvolutionShape g, long times) {
    int lanes = VectorLoops.LANES.length();
    long factors = WinogradTransforms.tiles(g) * (g.in() + g.out());
    return Math.min(g.in(), g.out()) >= FEWEST_BLOCKED
        && factors <= times * g.in() * g.out()
        && WinogradTransforms.POINTS * factors * Float.BYTES < LARGEST
        && (g.in() % lanes == 0 || g.out() % lanes == 0);
  }

  /** Returns the tiles per chunk, which depend only on the shape. */
  private int chunk(ConvolutionShape g) {
    long numbers = g.in() * g.out() < MANY_WEIGHTS ? CHUNK : 2 * CHUNK;
    long fitting = Math.max(16, numbers / (WinogradTransforms.POINTS * (g.in() + g.out())) / 8 * 8);
    return (int) Math.min(fitting, (WinogradTransforms.tiles(g) + 1) / 2);
  }

  /** Returns the tiles per chunk of a mapping: whole examples, or some rows of an example. */
  private int mapped(ConvolutionShape g) {
    Tiling tiling = WinogradTransforms.tiling(g, (int) g.in());
    int row = tiling.across();
    int example = tiling.perExample();
    int chunk = chunk(g);
    if (chunk >= example) {
      return chunk / example * example;
    }
    int rows = Math.max(1, chunk / row);
    while (example / row % rows != 0) {
      rows--;
    }
    return rows * row;
  }

  private int chunks(ConvolutionShape g) {
    return (WinogradTransforms.tiles(g) + chunk(g) - 1) / chunk(g);
  }

  @Override
  public void map(DataConvolution m) {
    ConvolutionShape g = m.g();
    if (isWeightBound(g)) {
      WeightBoundWinograd.emit(calls, m);
    } else {
      Value u = factors(g, m.weights(), m.isGradient());
      calls.map(
          m,
          u,
          (long) WinogradTransforms.PIXELS * mapped(g),
          (maps, then) -> mapping(m, u, maps, then));
    }
  }

  /** Returns the factors of weights, shared by all their uses in a plan. */
  private Value factors(ConvolutionShape g, Value weights, boolean isFlipped) {
    return factors
        .computeIfAbsent(weights, value -> new HashMap<>())
        .computeIfAbsent(
            isFlipped,
            flipped -> {
              Value u =
                  Value.planned(
                      DataType.FLOAT,
                      new long[] {WinogradTransforms.POINTS, g.in() * g.out() + Scratchpads.APART});
              calls.weights(weights, u, () -> ofWeights(g, weights, flipped, u));
              return u;
            });
  }

  /** Returns a kernel for a convolution or the gradient of its input. */
  private Kernel mapping(DataConvolution m, Value u, Value to, WorkerThreads.Part then) {
    ConvolutionShape g = m.g();
    int in = m.in();
    int out = m.out();
    int tiles = WinogradTransforms.tiles(g);
    int chunk = mapped(g);
    int chunks = (tiles + chunk - 1) / chunk;
    DnnlObjects objects = runtime.objects();
    int vStep = chunk * in + Scratchpads.APART;
    int mStep = chunk * out + Scratchpads.APART;
    int points = WinogradTransforms.POINTS;
    dnnl_memory_desc b =
        objects.strided(new long[] {points, in, out}, (long) in * out + Scratchpads.APART, out, 1);
    Map<Integer, List<Bound>> products = new HashMap<>();
    for (int size : sizes(tiles, chunk)) {
      dnnl_memory_desc a = objects.strided(new long[] {points, size, in}, vStep, in, 1);
      dnnl_memory_desc c = objects.strided(new long[] {points, size, out}, mStep, out, 1);
      products.put(
          size,
          forEachThread(
              () ->
                  objects.product(
                      objects.inWorkArea(a, 0),
                      objects.array(b, KernelRuntime.address(u)),
                      objects.inWorkArea(c, NativeFloats.bytes((long) points * vStep)))));
    }
    NativeFloats x = KernelRuntime.numbers(m.from());
    NativeFloats y = KernelRuntime.numbers(to);
    Tiling fromTiles = WinogradTransforms.tiling(g, in);
    Tiling toTiles = WinogradTransforms.tiling(g, out);
    float[] shift = new float[out];
    Optional<NativeFloats> biasNumbers = m.bias().map(KernelRuntime::numbers);
    return objects.kernel(
        () -> {
          biasNumbers.ifPresent(
              numbers -> numbers.get(0, shift, 0, out)); // small, copied to an array
          runtime.run(
              chunks,
              (part, worker) -> {
                int first = part * chunk;
                int count = Math.min(chunk, tiles - first);
                NativeFloats area = runtime.workArea(worker);
                NativeFloats between = runtime.tiles(worker);
                WinogradTransforms.input(
                    x, fromTiles, first, count, new TransformedTiles(area, 0, vStep), between);
                runtime.run(products.get(count).get(worker), worker);
                WinogradTransforms.output(
                    new TransformedTiles(area, points * vStep, mStep),
                    y,
                    toTiles,
                    first,
                    count,
                    shift,
                    between);
                then.run(part, worker);
              });
        });
  }

  /** Returns the sizes of chunks in tiles; the last chunk may be smaller. */
  static Set<Integer> sizes(int tiles, int chunk) {
    return new TreeSet<>(List.of(chunk, (tiles - 1) % chunk + 1));
  }

  private List<Bound> forEachThread(Supplier<Bound> primitive) {
    return Stream.generate(primitive).limit(runtime.threads()).toList();
  }

  @Override
  public void weightGradient(ConvolutionShape g, Value x, Value gradient, Value weights) {
    calls.weightGradient(
        g,
        x,
        gradient,
        weights,
        () ->
            hasFewTiles(g, chunks(g))
                ? WeightBoundWinograd.of(runtime, g, x, gradient, weights)
                : new WinogradWeightGradient(runtime, chunk(g), g, x, gradient, weights));
  }

  /**
   * Transforms weights {@code [out, in, 3, 3]} to factors {@code [points, in, out]} or {@code
   * [points, out, in]}.
   */
  private Kernel ofWeights(ConvolutionShape g, Value weights, boolean isFlipped, Value factors) {
    DnnlObjects objects = runtime.objects();
    WeightOrder order = new WeightOrder(runtime, objects, g, isFlipped, weights, 0, false);
    NativeFloats u = KernelRuntime.numbers(factors);
    int n = (int) (g.in() * g.out());
    TransformedTiles all = new TransformedTiles(u, 0, n + Scratchpads.APART);
    return objects.kernel(
        () -> {
          NativeFloats w = runtime.sharedArea();
          order.run(
              (first, end, worker) ->
                  WinogradTransforms.weights(
                      w, n, isFlipped, first, end, all, runtime.tiles(worker)));
        });
  }
}
