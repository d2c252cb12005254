package io.ddgan.onednn;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.Native.Bound;
import io.ddgan.onednn.Native.Primitive;
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
 * 3x3 convolutions by Winograd's method, and their gradients. Tiles are worked on in chunks that
 * stay in a core's cache.
 */
final class Winograd implements ConvolutionMethod {

  private static final int SMALLEST_MAP = 64;
  private static final int FEWEST_CHANNELS = 16;

  /** Tiles of the smallest maps that are worth it. */
  private static final int FEWEST_TILES = 16;

  /** Factors of tiles for one of weights, up to which these are made where they are used. */
  private static final long WEIGHT_BOUND = 3;

  /** Channels that make blocks for several threads. */
  private static final int FEWEST_BLOCKED = 64;

  /** The most bytes for the factors of all tiles. */
  private static final long LARGEST = 1L << 25;

  /** Numbers of a chunk, so that factors and products stay in a cache of 2 MB. */
  private static final long CHUNK = 300_000;

  /** So many weights are worth larger chunks, because each of those reads all of them. */
  private static final long MANY_WEIGHTS = 1 << 14;

  private final KernelRuntime runtime;
  private final ConvolutionCalls calls;
  private final WinogradTransforms transforms;
  private final int points;
  private final Map<Value, Map<Boolean, Value>> factors = new HashMap<>();

  Winograd(ConvolutionCalls calls, WinogradTransforms transforms) {
    this.runtime = calls.runtime();
    this.calls = calls;
    this.transforms = transforms;
    this.points = transforms.points();
  }

  /** Whether a convolution is done so. */
  boolean suits(Geometry g) {
    int lanes = VectorLoops.LANES.length();
    return g.kernelHeight() == 3
        && g.kernelWidth() == 3
        && g.strideHeight() == 1
        && g.strideWidth() == 1
        && g.top() == 1
        && g.left() == 1
        && g.height() == g.outHeight()
        && g.width() == g.outWidth()
        && transforms.divides(g)
        && (g.height() * g.width() >= SMALLEST_MAP || isOfManyTiles(g))
        && g.in() * g.out() % lanes == 0
        && Math.min(g.in(), g.out()) >= Math.max(FEWEST_CHANNELS, lanes);
  }

  /** Whether small maps have enough tiles for their many weights. */
  private boolean isOfManyTiles(Geometry g) {
    return transforms.tiles(g) >= FEWEST_TILES && isWeightBound(g);
  }

  /** Whether the factors of weights are so many that they are made where they are used. */
  private boolean isWeightBound(Geometry g) {
    return hasFewTiles(g, WEIGHT_BOUND);
  }

  /** Whether the factors of tiles, in memory, are at most so many times those of the weights. */
  private boolean hasFewTiles(Geometry g, long times) {
    int lanes = VectorLoops.LANES.length();
    long factors = transforms.tiles(g) * (g.in() + g.out());
    return Math.min(g.in(), g.out()) >= FEWEST_BLOCKED
        && factors <= times * g.in() * g.out()
        && points * factors * Float.BYTES < LARGEST
        && (g.in() % lanes == 0 || g.out() % lanes == 0);
  }

  /** Tiles of a chunk, which depend on the shape alone. */
  private int chunk(Geometry g) {
    long numbers = g.in() * g.out() < MANY_WEIGHTS ? CHUNK : 2 * CHUNK;
    long fitting = Math.max(16, numbers / (points * (g.in() + g.out())) / 8 * 8);
    return (int) Math.min(fitting, (transforms.tiles(g) + 1) / 2);
  }

  /** The same of a mapping: tiles of whole examples, or of some rows of each example. */
  private int mapped(Geometry g) {
    Tiling tiling = transforms.tiling(g, (int) g.in());
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

  private int chunks(Geometry g) {
    return (transforms.tiles(g) + chunk(g) - 1) / chunk(g);
  }

  @Override
  public void convolve(Geometry g, Value x, Value weights, Optional<Value> bias, Value y) {
    if (isWeightBound(g)) {
      calls.convolve(
          g,
          x,
          weights,
          bias,
          y,
          () -> new WeightBoundWinograd(runtime, transforms, g, false, x, weights, bias, y));
    } else {
      Value u = factors(g, weights, false);
      calls.convolve(
          g,
          x,
          u,
          bias,
          y,
          transforms.pixels() * mapped(g),
          (maps, then) -> mapping(g, x, (int) g.in(), u, bias, maps, (int) g.out(), then));
    }
  }

  @Override
  public void inputGradient(Geometry g, Value gradient, Value weights, Value x) {
    if (isWeightBound(g)) {
      calls.inputGradient(
          g,
          gradient,
          weights,
          x,
          () ->
              new WeightBoundWinograd(
                  runtime, transforms, g, true, gradient, weights, Optional.empty(), x));
    } else {
      Value u = factors(g, weights, true);
      calls.inputGradient(
          g,
          gradient,
          u,
          x,
          transforms.pixels() * mapped(g),
          (maps, then) ->
              mapping(g, gradient, (int) g.out(), u, Optional.empty(), maps, (int) g.in(), then));
    }
  }

  /** The weights as factors, once for all that use them in a plan. */
  private Value factors(Geometry g, Value weights, boolean isFlipped) {
    return factors
        .computeIfAbsent(weights, value -> new HashMap<>())
        .computeIfAbsent(
            isFlipped,
            flipped -> {
              Value u =
                  Value.planned(
                      DataType.FLOAT, new long[] {points, g.in() * g.out() + WorkAreas.APART});
              calls
                  .calls()
                  .accept(
                      new KernelCall(
                          runtime,
                          "weights",
                          List.of(weights),
                          List.of(u),
                          () -> new Factors(runtime, transforms, g, weights, flipped, u)));
              return u;
            });
  }

  /** From maps of some channels to maps of others. */
  private Kernel mapping(
      Geometry g,
      Value from,
      int in,
      Value u,
      Optional<Value> bias,
      Value to,
      int out,
      WorkerThreads.Part then) {
    int tiles = transforms.tiles(g);
    int chunk = mapped(g);
    int chunks = (tiles + chunk - 1) / chunk;
    Native objects = runtime.objects();
    int vStep = chunk * in + WorkAreas.APART;
    int mStep = chunk * out + WorkAreas.APART;
    dnnl_memory_desc b =
        objects.strided(
            new long[] {points, in, out}, new long[] {(long) in * out + WorkAreas.APART, out, 1});
    Map<Integer, List<Bound>> products = new HashMap<>();
    for (int size : sizes(tiles, chunk)) {
      dnnl_memory_desc a =
          objects.strided(new long[] {points, size, in}, new long[] {vStep, in, 1});
      dnnl_memory_desc c =
          objects.strided(new long[] {points, size, out}, new long[] {mStep, out, 1});
      Primitive product = objects.primitive(objects.product(a, b, c, false));
      products.put(
          size,
          forEachThread(
              () ->
                  objects.bind(
                      product,
                      objects.inWorkArea(Native.SOURCE, a, 0),
                      objects.array(Native.WEIGHTS, b, KernelRuntime.address(u)),
                      objects.inWorkArea(
                          Native.DESTINATION, c, (long) points * vStep * Float.BYTES))));
    }
    Numbers x = KernelRuntime.numbers(from);
    Numbers y = KernelRuntime.numbers(to);
    Tiling fromTiles = transforms.tiling(g, in);
    Tiling toTiles = transforms.tiling(g, out);
    float[] shift = new float[out];
    Optional<Numbers> biasNumbers = bias.map(KernelRuntime::numbers);
    return new Kernel() {
      @Override
      public void run() {
        biasNumbers.ifPresent(
            numbers -> numbers.get(0, shift, 0, out)); // small, and needed as an array
        runtime.run(
            chunks,
            (part, worker) -> {
              int first = part * chunk;
              int count = Math.min(chunk, tiles - first);
              Numbers area = runtime.workArea(worker);
              Numbers between = runtime.between(worker);
              transforms.input(
                  x, fromTiles, first, count, area, 0, vStep, runtime.zeros(), between);
              runtime.run(products.get(count).get(worker), worker);
              transforms.output(
                  area, points * vStep, mStep, y, toTiles, first, count, shift, between);
              then.run(part, worker);
            });
      }

      @Override
      public void close() {
        objects.close();
      }
    };
  }

  /** The numbers of tiles that chunks have: the last may have fewer. */
  static Set<Integer> sizes(int tiles, int chunk) {
    return new TreeSet<>(List.of(chunk, (tiles - 1) % chunk + 1));
  }

  private List<Bound> forEachThread(Supplier<Bound> primitive) {
    return Stream.generate(primitive).limit(runtime.threads()).toList();
  }

  @Override
  public void weightGradient(Geometry g, Value x, Value gradient, Value weights) {
    calls.weightGradient(
        g,
        x,
        gradient,
        weights,
        () ->
            hasFewTiles(g, chunks(g))
                ? new WeightBoundWinogradGradient(runtime, transforms, g, x, gradient, weights)
                : new WinogradWeightGradient(
                    runtime, transforms, chunk(g), g, x, gradient, weights));
  }

  /**
   * Weights {@code [out, in, 3, 3]} into factors {@code [points, in, out]}, or {@code [points, out,
   * in]}.
   */
  static final class Factors implements Kernel {

    private final KernelRuntime runtime;
    private final WinogradTransforms transforms;
    private final Native objects;
    private final WeightOrder order;
    private final Numbers u;
    private final int n;
    private final boolean isFlipped;

    Factors(
        KernelRuntime runtime,
        WinogradTransforms transforms,
        Geometry g,
        Value weights,
        boolean isFlipped,
        Value u) {
      this.runtime = runtime;
      this.transforms = transforms;
      this.objects = runtime.objects();
      this.n = (int) (g.in() * g.out());
      this.isFlipped = isFlipped;
      this.u = KernelRuntime.numbers(u);
      this.order = new WeightOrder(runtime, objects, g, isFlipped, weights, 0, false);
    }

    @Override
    public void run() {
      Numbers w = runtime.sharedArea();
      order.run(
          (first, end, worker) ->
              transforms.weights(
                  w, n, isFlipped, first, end, u, 0, n + WorkAreas.APART, runtime.between(worker)));
    }

    @Override
    public void close() {
      objects.close();
    }
  }
}
