package io.ddgan.onednn.runtime;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.ddgan.engine.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The runtime of kernels: threads, and oneDNN's engine with a stream for each thread. */
public final class KernelRuntime implements AutoCloseable {

  /** Number of parts that ranges are divided into, the maximum of threads used. */
  private static final int RANGES = 8;

  /** Elements per block: several such blocks stay in a core's cache between loops. */
  public static final int BLOCK = 4096;

  /** Processes a range. */
  @FunctionalInterface
  public interface Range {

    /**
     * Processes a range.
     *
     * @param first first index
     * @param end index after the last one
     * @param worker index of the thread
     */
    void run(int first, int end, int worker);
  }

  private final dnnl_engine engine = new dnnl_engine();
  private final dnnl_stream[] streams;
  private final WorkerThreads workers;
  private final BlasThreads blas = new BlasThreads();
  private final Scratchpads areas;
  private final Scratchpads shared = new Scratchpads(1);
  private final Scratchpads tiles;
  private final Scratchpads registerMemory;
  private final Set<DnnlObjects> objects = new HashSet<>();
  private final Strip[][] registers;
  private final float[][] laneSums;
  private int registerCount;
  private int registerSize;

  public KernelRuntime(int threads) {
    CompilerDirectives.add();
    workers =
        new WorkerThreads(
            threads, () -> NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1));
    areas = new Scratchpads(threads);
    tiles = new Scratchpads(threads);
    registerMemory = new Scratchpads(threads);
    registers = new Strip[threads][];
    laneSums = new float[threads][VectorLoops.LANES.length()];
    streams = Stream.generate(dnnl_stream::new).limit(threads).toArray(dnnl_stream[]::new);
    try {
      DnnlObjects.check(dnnl_engine_create(engine, dnnl_cpu, 0), "an engine");
      for (dnnl_stream stream : streams) {
        DnnlObjects.check(
            dnnl_stream_create(stream, engine, dnnl_stream_default_flags), "a stream");
      }
      areas.reserve(1);
      shared.reserve(1);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Creates the oneDNN objects of a kernel. */
  public DnnlObjects objects() {
    return objects(0);
  }

  /**
   * Creates the oneDNN objects of a part of a kernel.
   *
   * @param taken bytes of the work areas that other parts use
   */
  public DnnlObjects objects(long taken) {
    return new DnnlObjects(engine, areas, shared, taken, objects);
  }

  /** Reserves bytes in each thread's work area. */
  public void reserveWorkArea(long bytes) {
    areas.reserve(bytes);
  }

  /** Runs a primitive in a thread. */
  public void run(DnnlObjects.Bound primitive, int worker) {
    primitive.run(streams[worker], worker);
  }

  /** Returns the work area of a thread. */
  public NativeFloats workArea(int worker) {
    return areas.numbers(worker);
  }

  /** Returns the area shared by the parts of a running kernel. */
  public NativeFloats sharedArea() {
    return shared.numbers(0);
  }

  /** Reserves elements for a single tile in each thread; call it before any run. */
  public void reserveTile(int numbers) {
    tiles.reserve(NativeFloats.bytes(numbers));
  }

  /** Returns a thread's memory for a single tile. */
  public NativeFloats tiles(int worker) {
    return tiles.numbers(worker);
  }

  /**
   * Reserves registers in each thread: {@code count} strips of {@code size} elements. Call it
   * before any run.
   */
  public void reserveRegisters(int count, int size) {
    if (count > registerCount || size > registerSize) {
      registerCount = Math.max(count, registerCount);
      registerSize = Math.max(size, registerSize);
      int apart = registerSize + Scratchpads.APART;
      registerMemory.reserve(NativeFloats.bytes((long) registerCount * apart));
      for (int i = 0; i < registers.length; i++) {
        NativeFloats memory = registerMemory.numbers(i);
        registers[i] =
            IntStream.range(0, registerCount)
                .mapToObj(k -> new Strip(memory, k * apart))
                .toArray(Strip[]::new);
      }
    }
  }

  /** Returns the registers of a thread; the caller sets their memory. */
  public Strip[] registers(int worker) {
    return registers[worker];
  }

  /** Returns a heap array for the sums of a vector's lanes. */
  public float[] laneSums(int worker) {
    return laneSums[worker];
  }

  /** Runs the parts of a kernel on all threads. */
  public void run(int parts, WorkerThreads.Part part) {
    workers.run(parts, part);
  }

  /** Processes ranges on all threads; the division depends only on {@code count}. */
  public void runRanges(int count, Range range) {
    int parts = Math.min(RANGES, count);
    run(
        parts,
        (part, worker) -> range.run(count * part / parts, count * (part + 1) / parts, worker));
  }

  /**
   * Processes blocks of elements on all threads; the division depends only on {@code count}.
   *
   * @param count number of elements, at most what fits in a byte buffer
   */
  public void runBlocks(int count, Range block) {
    run(
        blocks(count),
        (index, worker) -> block.run(index * BLOCK, Math.min(count, (index + 1) * BLOCK), worker));
  }

  /** Returns the number of blocks of {@code count} elements. */
  public static int blocks(int count) {
    return (count + BLOCK - 1) / BLOCK;
  }

  /** Adds consecutive arrays of equal size in the shared area into the first one. */
  public void addUp(int size, int arrays) {
    if (arrays > 1) {
      NativeFloats sums = sharedArea();
      runBlocks(size, (from, to, worker) -> VectorLoops.addUp(sums, from, to, size, arrays));
    }
  }

  /** Runs independent primitives on all threads. */
  public void run(List<DnnlObjects.Bound> parts) {
    run(parts.size(), (part, worker) -> run(parts.get(part), worker));
  }

  public int threads() {
    return workers.count();
  }

  /** Runs a task while native calls are limited to the calling thread. */
  public <T> T singleThreaded(Supplier<T> task) {
    var environment = Nd4j.getEnvironment();
    int master = environment.maxMasterThreads();
    var operations = NativeOpsHolder.getInstance().getDeviceNativeOps();
    int openMp = operations.ompGetMaxThreads();
    int blasThreads = blas.get();
    environment.setMaxMasterThreads(1);
    blas.set(1);
    operations.setOmpNumThreads(1);
    try {
      return task.get();
    } finally {
      environment.setMaxMasterThreads(master);
      blas.set(blasThreads);
      operations.setOmpNumThreads(openMp);
    }
  }

  /** Ends the threads, and frees all memory, also that of kernels whose creation has failed. */
  @Override
  public void close() {
    workers.close();
    List.copyOf(objects).forEach(DnnlObjects::close);
    Stream.of(streams).forEach(stream -> dnnl_stream_destroy(stream));
    dnnl_engine_destroy(engine);
    Stream.of(areas, shared, tiles, registerMemory).forEach(Scratchpads::close);
  }

  /** Returns the address of a value's first element. */
  public static long address(Value value) {
    INDArray array = value.array();
    return array.data().addressPointer().address();
  }

  /** Returns the elements of a value. */
  public static NativeFloats numbers(Value value) {
    return numbers(address(value), value.length() * Float.BYTES);
  }

  public static NativeFloats numbers(long address, long size) {
    return new NativeFloats(new At(address, size).asByteBuffer());
  }

  /** A pointer to memory owned by others. */
  private static final class At extends BytePointer {
    At(long start, long size) {
      address = start;
      capacity = size;
      limit = size;
    }
  }
}
