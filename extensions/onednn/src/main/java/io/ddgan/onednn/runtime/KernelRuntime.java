package io.ddgan.onednn.runtime;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.ddgan.engine.Value;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** What kernels run with: threads, and oneDNN's engine with a stream for each of them. */
public final class KernelRuntime {

  /** Parts that ranges are divided into, for as many threads. */
  private static final int RANGES = 8;

  /** Numbers of a block: several arrays of as many stay in a core's cache from loop to loop. */
  public static final int BLOCK = 4096;

  /** Some of a number of neighbours. */
  @FunctionalInterface
  public interface Range {

    /**
     * Does something for them.
     *
     * @param first the first of them
     * @param end after the last of them
     * @param worker which thread it is
     */
    void run(int first, int end, int worker);
  }

  private final dnnl_engine engine = new dnnl_engine();
  private final dnnl_stream[] streams;
  private final WorkerThreads workers;
  private final BlasThreads blas = new BlasThreads();
  private final Scratchpads areas;
  private final Scratchpads shared = new Scratchpads(1);
  private final Scratchpads between;
  private final Scratchpads registerMemory;
  private final Strip[][] registers;
  private final float[][] laneSums;
  private int registerCount;
  private int registerSize;

  public KernelRuntime(int threads) {
    CompilerDirectives.add();
    DnnlObjects.check(dnnl_engine_create(engine, dnnl_cpu, 0), "an engine");
    areas = new Scratchpads(threads);
    between = new Scratchpads(threads);
    registerMemory = new Scratchpads(threads);
    registers = new Strip[threads][];
    laneSums = new float[threads][VectorLoops.LANES.length()];
    streams = new dnnl_stream[threads];
    for (int i = 0; i < threads; i++) {
      streams[i] = new dnnl_stream();
      DnnlObjects.check(
          dnnl_stream_create(streams[i], engine, dnnl_stream_default_flags), "a stream");
    }
    workers =
        new WorkerThreads(
            threads, () -> NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1));
  }

  /** Objects of oneDNN for a kernel. */
  public DnnlObjects objects() {
    return objects(0);
  }

  /**
   * Objects of oneDNN for a part of a kernel.
   *
   * @param taken bytes of work areas that others use meanwhile
   */
  public DnnlObjects objects(long taken) {
    return new DnnlObjects(engine, areas, shared, taken);
  }

  /** Says how many bytes of its work area a thread needs. */
  public void reserveWorkArea(long bytes) {
    areas.reserve(bytes);
  }

  /** Runs a primitive in a thread. */
  public void run(DnnlObjects.Bound primitive, int worker) {
    primitive.run(streams[worker], worker);
  }

  /** Memory that a thread works in. */
  public NativeFloats workArea(int worker) {
    return areas.numbers(worker);
  }

  /** Memory that the parts of a kernel have in common, while it runs. */
  public NativeFloats sharedArea() {
    return shared.numbers(0);
  }

  /** Says, before anything runs, how many numbers of a single tile a thread keeps. */
  public void reserveBetween(int numbers) {
    between.reserve(NativeFloats.bytes(numbers));
  }

  /** Memory that a thread keeps numbers of a single tile in. */
  public NativeFloats between(int worker) {
    return between.numbers(worker);
  }

  /**
   * Says, before anything runs, how many pieces of its own memory a kernel computes in, and how
   * long they are.
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

  /** Pieces that a thread computes in; where they are is for whoever uses them to say. */
  public Strip[] registers(int worker) {
    return registers[worker];
  }

  /** An array on the heap for sums of a vector's lanes. */
  public float[] laneSums(int worker) {
    return laneSums[worker];
  }

  /** Does the parts of a kernel on all threads. */
  public void run(int parts, WorkerThreads.Part part) {
    workers.run(parts, part);
  }

  /** Does something for ranges of neighbours on all threads; their number alone divides them. */
  public void runRanges(int count, Range range) {
    int parts = Math.min(RANGES, count);
    run(
        parts,
        (part, worker) -> range.run(count * part / parts, count * (part + 1) / parts, worker));
  }

  /**
   * Does something for blocks of numbers on all threads; their count alone divides them.
   *
   * @param count as many as a buffer of bytes can have at most
   */
  public void runBlocks(int count, Range block) {
    run(
        blocks(count),
        (index, worker) -> block.run(index * BLOCK, Math.min(count, (index + 1) * BLOCK), worker));
  }

  /** How many blocks there are of so many numbers. */
  public static int blocks(int count) {
    return (count + BLOCK - 1) / BLOCK;
  }

  /** Adds up neighbouring arrays of as many numbers in the shared area, into the first of them. */
  public void addUp(int size, int arrays) {
    if (arrays > 1) {
      NativeFloats sums = sharedArea();
      runBlocks(size, (from, to, worker) -> VectorLoops.addUp(sums, from, to, size, arrays));
    }
  }

  /** Runs primitives that do not depend on each other on all threads. */
  public void run(List<DnnlObjects.Bound> parts) {
    run(parts.size(), (part, worker) -> run(parts.get(part), worker));
  }

  public int threads() {
    return workers.count();
  }

  /** Does something while a native call has no threads but the one that calls. */
  public <T> T alone(Supplier<T> task) {
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

  /** Where the first element of a value is. */
  public static long address(Value value) {
    INDArray array = value.array();
    return array.data().addressPointer().address();
  }

  /** The numbers of a value. */
  public static NativeFloats numbers(Value value) {
    return numbers(address(value), value.length() * Float.BYTES);
  }

  public static NativeFloats numbers(long address, long size) {
    return new NativeFloats(new At(address, size).asByteBuffer());
  }

  /** Memory of somebody else's. */
  private static final class At extends BytePointer {
    At(long start, long size) {
      address = start;
      capacity = size;
      limit = size;
    }
  }
}
