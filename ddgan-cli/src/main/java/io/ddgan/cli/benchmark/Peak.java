package io.ddgan.cli.benchmark;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What this machine computes at best: products of large matrices of float32. */
public final class Peak {

  private static final int SIZE = 1024;
  private static final int RUNS = 20;

  private Peak() {}

  /** Multiplications and additions for each nanosecond, in the fastest of some products. */
  public static double gflops() {
    try (INDArray a = Nd4j.ones(DataType.FLOAT, SIZE, SIZE);
        INDArray b = Nd4j.ones(DataType.FLOAT, SIZE, SIZE);
        INDArray product = Nd4j.createUninitialized(DataType.FLOAT, SIZE, SIZE)) {
      double fastest = Double.POSITIVE_INFINITY;
      for (int i = 0; i < RUNS; i++) {
        fastest = Math.min(fastest, Stopwatch.milliseconds(() -> a.mmuli(b, product)));
      }
      return Stopwatch.rounded(2.0 * SIZE * SIZE * SIZE / (fastest * 1e6));
    }
  }
}
