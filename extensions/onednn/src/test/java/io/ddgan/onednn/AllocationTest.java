package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ddgan.engine.Value;
import io.ddgan.onednn.elementwise.Combination;
import io.ddgan.onednn.elementwise.Exponential;
import io.ddgan.onednn.elementwise.Function;
import io.ddgan.onednn.elementwise.Loop;
import io.ddgan.onednn.product.FilterTaps;
import io.ddgan.onednn.runtime.CompilerDirectives;
import io.ddgan.onednn.runtime.Numbers;
import io.ddgan.onednn.runtime.Piece;
import io.ddgan.onednn.runtime.VectorLoops;
import io.ddgan.onednn.winograd.Factors;
import io.ddgan.onednn.winograd.Tiling;
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
  void ofFunctions(Function function) {
    ofLoop(function.loop());
  }

  @ParameterizedTest
  @EnumSource
  void ofCombinations(Combination combination) {
    ofLoop(combination.loop());
  }

  private static void ofLoop(Loop loop) {
    Piece x = piece(1024);
    Piece to = piece(1024);
    assertAllocatesNothing(() -> loop.applyLanes(x, x, x, to, 1024, 1, 0.5f));
  }

  @Test
  void ofWinogradsTransforms() {
    Tiling tiling = new Tiling(8, 8, 32);
    Numbers maps = buffer(2 * 64 * 32);
    Numbers factors = buffer(WinogradTransforms.POINTS * 8 * 32);
    Numbers between = buffer(WinogradTransforms.BETWEEN);
    float[] bias = new float[32];
    Factors all = new Factors(factors, 0, 8 * 32);
    assertAllocatesNothing(() -> WinogradTransforms.input(maps, tiling, 0, 8, all, between));
    assertAllocatesNothing(() -> WinogradTransforms.output(all, maps, tiling, 0, 8, bias, between));
    assertAllocatesNothing(() -> WinogradTransforms.gradient(maps, tiling, 0, 8, all, between));
    assertAllocatesNothing(() -> WinogradTransforms.weights(maps, 256, true, 0, 256, all, between));
    assertAllocatesNothing(
        () -> WinogradTransforms.weightGradient(all, 0, 256, maps, 256, between));
  }

  @Test
  void ofSums() {
    Numbers maps = buffer(64 * 64);
    Piece rows = piece(64 * 64);
    float[] sums = new float[64];
    assertAllocatesNothing(() -> VectorLoops.sumRows(rows, 64, 64, sums, 0));
    assertAllocatesNothing(() -> VectorLoops.addUp(maps, 0, 1024, 1024, 4));
  }

  @Test
  void ofSoftmax() {
    Piece x = piece(256);
    Piece y = piece(256);
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
    Numbers from = buffer(16 * 64);
    Numbers to = buffer(8 * 64);
    assertAllocatesNothing(() -> filter.multiply(from, 0, to, 0, 0, 8, 64));
  }

  private static Piece piece(int count) {
    return new Piece(buffer(count), 0);
  }

  private static Numbers buffer(int count) {
    return new Numbers(ByteBuffer.allocateDirect(count * Float.BYTES));
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
