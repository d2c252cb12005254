package io.ddgan.onednn.winograd;

import io.ddgan.engine.Value;
import io.ddgan.onednn.convolution.ConvolutionShape;
import io.ddgan.onednn.runtime.DnnlObjects;
import io.ddgan.onednn.runtime.DnnlObjects.Array;
import io.ddgan.onednn.runtime.DnnlObjects.Bound;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.NativeFloats;
import io.ddgan.onednn.runtime.VectorLoops;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;

/**
 * Reorders the weights of a 3x3 convolution from {@code [out, in, 3, 3]} to a taps-first layout in
 * the shared area, {@code [3, 3, in, out]} or {@code [3, 3, out, in]}, or back. Works on parts of
 * the rows in parallel.
 */
final class WeightOrder {

  /** Processes the taps-first weights of a part. */
  @FunctionalInterface
  interface Work {

    /**
     * Processes a part.
     *
     * @param first position of the part's first weight within each tap
     * @param end position after its last
     */
    void run(int first, int end, int worker);
  }

  /** Number of parts for parallel threads, if there are enough rows. */
  private static final int PARTS = 8;

  private record Part(int first, int end, Bound reorder) {}

  private final KernelRuntime runtime;
  private final boolean isBack;
  private final List<Part> parts = new ArrayList<>();

  /**
   * Creates a reordering.
   *
   * @param isFlipped true if the rows of a tap are output channels, false for input channels
   * @param offset start of the taps-first weights in the shared area, in elements
   * @param isBack true to copy from the shared area to memory
   */
  WeightOrder(
      KernelRuntime runtime,
      DnnlObjects objects,
      ConvolutionShape g,
      boolean isFlipped,
      Value weights,
      int offset,
      boolean isBack) {
    this.runtime = runtime;
    this.isBack = isBack;
    int rows = (int) (isFlipped ? g.out() : g.in());
    int columns = (int) (isFlipped ? g.in() : g.out());
    int together = rowsOfVectors(columns);
    int units = rows / together;
    int count = Math.min(PARTS, units);
    for (int i = 0; i < count; i++) {
      int first = units * i / count * together;
      int end = units * (i + 1) / count * together;
      ConvolutionShape part = isFlipped ? g.withOut(end - first) : g.withIn(end - first);
      Array inMemory = inMemory(objects, part, g, !isFlipped, weights, first);
      Array tapsFirst =
          objects.inSharedArea(
              tapsFirst(objects, part, g, isFlipped),
              NativeFloats.bytes(offset + (long) first * columns));
      Bound reorder =
          isBack ? objects.reorder(tapsFirst, inMemory) : objects.reorder(inMemory, tapsFirst);
      parts.add(new Part(first * columns, end * columns, reorder));
    }
  }

  /** Returns the minimum number of rows that fill whole vectors. */
  private static int rowsOfVectors(int columns) {
    int rows = 1;
    while (rows * columns % VectorLoops.LANES.length() != 0) {
      rows++;
    }
    return rows;
  }

  /**
   * Describes some of the weights of a convolution in the taps-first layout.
   *
   * @param part the shape of a convolution with only these weights
   * @param whole the shape of the whole convolution
   */
  static dnnl_memory_desc tapsFirst(
      DnnlObjects objects, ConvolutionShape part, ConvolutionShape whole, boolean isFlipped) {
    long n = whole.in() * whole.out();
    long[] strides =
        isFlipped ? new long[] {whole.in(), 1, 3 * n, n} : new long[] {1, whole.out(), 3 * n, n};
    return objects.strided(part.weights(), strides);
  }

  /**
   * Returns the weights from a channel on, in their original layout.
   *
   * @param isOfInput true for an input channel, false for an output channel
   */
  static Array inMemory(
      DnnlObjects objects,
      ConvolutionShape part,
      ConvolutionShape whole,
      boolean isOfInput,
      Value weights,
      int first) {
    long row = 9 * whole.in();
    return objects.array(
        objects.strided(part.weights(), row, 9, 3, 1),
        KernelRuntime.address(weights) + NativeFloats.bytes(first * (isOfInput ? 9 : row)));
  }

  /** Processes every part, after copying it to the shared area or before copying it back. */
  void run(Work work) {
    runtime.run(
        parts.size(),
        (index, worker) -> {
          Part part = parts.get(index);
          if (!isBack) {
            runtime.run(part.reorder, worker);
          }
          work.run(part.first, part.end, worker);
          if (isBack) {
            runtime.run(part.reorder, worker);
          }
        });
  }
}
