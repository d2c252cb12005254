package io.ddgan.onednn;

import io.ddgan.engine.AdamStep;
import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.NativeFloats;
import io.ddgan.onednn.runtime.VectorLoops;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes weight updates and norms in one pass through memory. */
final class WeightUpdates {

  private WeightUpdates() {}

  /** Returns whether an array is contiguous float32 of a supported size. */
  static boolean isVector(INDArray array) {
    return array.dataType() == DataType.FLOAT
        && array.ordering() == 'c'
        && array.elementWiseStride() == 1
        && NativeFloats.fit(array.length());
  }

  static void adam(KernelRuntime runtime, AdamStep step) {
    NativeFloats weights = numbers(step.weights());
    NativeFloats gradient = numbers(step.gradient());
    NativeFloats mean = numbers(step.mean());
    NativeFloats square = numbers(step.square());
    float beta1 = (float) step.beta1();
    float beta2 = (float) step.beta2();
    float epsilon = (float) step.uncorrectedEpsilon();
    float scale = (float) step.scale();
    boolean moves = step.rate() > 0; // otherwise 0 / 0 would change the weights
    int n = Math.toIntExact(step.weights().length());
    runtime.runBlocks(
        n,
        (from, to, worker) -> {
          VectorLoops.meanLanes(mean, gradient, beta1, from, to);
          VectorLoops.meanSquareLanes(square, gradient, beta2, from, to);
          if (moves) {
            VectorLoops.moveLanes(weights, mean, square, scale, epsilon, from, to);
          }
        });
  }

  static void average(KernelRuntime runtime, INDArray average, INDArray weights, double decay) {
    NativeFloats to = numbers(average);
    NativeFloats from = numbers(weights);
    float kept = (float) decay;
    runtime.runBlocks(
        Math.toIntExact(average.length()),
        (first, end, worker) -> VectorLoops.meanLanes(to, from, kept, first, end));
  }

  /** Returns the norm; infinite or not a number if a square is. */
  static double norm(KernelRuntime runtime, INDArray vector) {
    NativeFloats numbers = numbers(vector);
    int n = Math.toIntExact(vector.length());
    double[] squares = new double[KernelRuntime.blocks(n)];
    runtime.runBlocks(
        n,
        (from, to, worker) -> {
          float[] sums = new float[VectorLoops.LANES.length()];
          VectorLoops.sumOfSquaresLanes(numbers, from, to, sums);
          squares[from / KernelRuntime.BLOCK] = VectorLoops.totalOfLanes(sums);
        });
    double sum = 0;
    for (double square : squares) {
      sum += square;
    }
    return Math.sqrt(sum);
  }

  private static NativeFloats numbers(INDArray array) {
    return KernelRuntime.numbers(Value.fixed(array));
  }
}
