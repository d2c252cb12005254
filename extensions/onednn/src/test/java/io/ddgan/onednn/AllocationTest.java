package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ddgan.engine.Value;
import io.ddgan.onednn.elementwise.ElementwiseOp;
import io.ddgan.onednn.elementwise.Exponential;
import io.ddgan.onednn.elementwise.FusedOp;
import io.ddgan.onednn.elementwise.Loop;
import io.ddgan.onednn.product.FilterTaps;
import io.ddgan.onednn.runtime.CompilerDirectives;
import io.ddgan.onednn.runtime.NativeFloats;
import io.ddgan.onednn.runtime.Strip;
import io.ddgan.onednn.runtime.VectorLoops;
import io.ddgan.onednn.winograd.Tiling;
import io.ddgan.onednn.winograd.TransformedTiles;
import io.ddgan.onednn.winograd.WinogradTransforms;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Once compiled, loops over vectors leave nothing on the heap: it would make them many times
 * slower.
 */
class AllocationTest {

  private static final int TIMES = 100;

  @BeforeAll
  static void compileLoopsByThemselves() {
    CompilerDirectives.add();
  }

  @ParameterizedTest
  @EnumSource
  void ofFunctions(ElementwiseOp function) {
    ofLoop(function.loop());
  }

  @ParameterizedTest
  @EnumSource
  void ofCombinations(FusedOp combination) {
    ofLoop(combination.loop());
  }

  private static void ofLoop(Loop loop) {
    Strip x = piece(1024);
    Strip to = piece(1024);
    assertAllocatesNothing(() -> loop.applyLanes(x, x, x, to, 1024, 1, 0.5f));
  }

  @Test
  void ofWinogradsTransforms() {
    Tiling tiling = new Tiling(8, 8, 32);
    NativeFloats maps = buffer(2 * 64 * 32);
    NativeFloats factors = buffer(WinogradTransforms.POINTS * 8 * 32);
    NativeFloats between = buffer(WinogradTransforms.BETWEEN);
    float[] bias = new float[32];
    TransformedTiles all = new TransformedTiles(factors, 0, 8 * 32);
    assertAllocatesNothing(() -> WinogradTransforms.input(maps, tiling, 0, 8, all, between));
    assertAllocatesNothing(() -> WinogradTransforms.output(all, maps, tiling, 0, 8, bias, between));
    assertAllocatesNothing(() -> WinogradTransforms.gradient(maps, tiling, 0, 8, all, between));
    assertAllocatesNothing(() -> WinogradTransforms.weights(maps, 256, true, 0, 256, all, between));
    assertAllocatesNothing(
        () -> WinogradTransforms.weightGradient(all, 0, 256, maps, 256, between));
  }

  @Test
  void ofSums() {
    NativeFloats maps = buffer(64 * 64);
    Strip rows = piece(64 * 64);
    float[] sums = new float[64];
    assertAllocatesNothing(() -> VectorLoops.sumRows(rows, 64, 64, sums, 0));
    assertAllocatesNothing(() -> VectorLoops.addUp(maps, 0, 1024, 1024, 4));
  }

  @Test
  void ofSoftmax() {
    Strip x = piece(256);
    Strip y = piece(256);
    float[] sums = new float[256];
    assertAllocatesNothing(() -> Exponential.largestLanes(x, 256));
    assertAllocatesNothing(() -> Exponential.ofDifferencesLanes(x, 0, 256, sums));
    assertAllocatesNothing(() -> VectorLoops.sumOfProductsLanes(x, y, 256, sums));
    assertAllocatesNothing(() -> VectorLoops.subtractAndMultiplyLanes(x, 1, y, 256));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void ofFilters(int numbers) {
    float[][] rows = new float[8][16];
    for (int i = 0; i < rows.length; i++) {
      Arrays.fill(rows[i], i, i + numbers, 0.5f);
    }
    FilterTaps filter =
        FilterTaps.of(Value.constant(Nd4j.createFromArray(rows)), false).orElseThrow();
    NativeFloats from = buffer(16 * 64);
    NativeFloats to = buffer(8 * 64);
    assertAllocatesNothing(() -> filter.multiply(from, 0, to, 0, 0, 8, 64));
  }

  private static Strip piece(int count) {
    return new Strip(buffer(count), 0);
  }

  private static NativeFloats buffer(int count) {
    return new NativeFloats(ByteBuffer.allocateDirect(count * Float.BYTES));
  }

  /** Waits for the compiler, which has its own time. */
  private static void assertAllocatesNothing(Runnable kernel) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long end = System.nanoTime() + 20_000_000_000L;
    long allocated = Long.MAX_VALUE;
    while (allocated > TIMES && System.nanoTime() < end) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < TIMES; i++) {
        kernel.run();
      }
      allocated = threads.getThreadAllocatedBytes(thread) - before;
    }
    assertTrue(allocated <= TIMES, allocated + " bytes in " + TIMES + " runs");
  }
}
