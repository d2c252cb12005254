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
 * Brings weights of a 3x3 convolution from their order in memory, {@code [out, in, 3, 3]}, into one
 * with the taps first, {@code [3, 3, in, out]} or {@code [3, 3, out, in]}, in the area that threads
 * share, or back: some rows of all taps at a time, so that several threads can.
 */
final class WeightOrder {

  /** What is done with the weights of a part while they have their taps first. */
  @FunctionalInterface
  interface Work {

    /**
     * Does it.
     *
     * @param first position of the part's first weight within each tap
     * @param end position after its last
     */
    void run(int first, int end, int worker);
  }

  /** For as many threads, where there are rows enough. */
  private static final int PARTS = 8;

  private record Part(int first, int end, Bound reorder) {}

  private final KernelRuntime runtime;
  private final boolean isBack;
  private final List<Part> parts = new ArrayList<>();

  /**
   * An order of weights.
   *
   * @param isFlipped whether the rows of a tap are the output's channels, not the input's
   * @param offset where the weights with their taps first begin in the shared area, in numbers
   * @param isBack whether they are there, and go to memory
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

  /** The fewest rows of so many columns that fill vectors. */
  private static int rowsOfVectors(int columns) {
    int rows = 1;
    while (rows * columns % VectorLoops.LANES.length() != 0) {
      rows++;
    }
    return rows;
  }

  /**
   * Some of the weights of a convolution in memory with the taps first.
   *
   * @param part the shape of a convolution with these weights alone
   * @param whole that of the convolution whose weights lie there
   */
  static dnnl_memory_desc tapsFirst(
      DnnlObjects objects, ConvolutionShape part, ConvolutionShape whole, boolean isFlipped) {
    long n = whole.in() * whole.out();
    long[] strides =
        isFlipped ? new long[] {whole.in(), 1, 3 * n, n} : new long[] {1, whole.out(), 3 * n, n};
    return objects.strided(part.weights(), strides);
  }

  /**
   * The weights from one channel on, in their order in memory.
   *
   * @param isOfInput whether it is one of the input's channels, not of the output's
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

  /** Does something with the weights of every part: after they have come, or before they go. */
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
