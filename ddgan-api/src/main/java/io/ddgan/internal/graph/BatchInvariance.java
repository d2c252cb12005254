package io.ddgan.internal.graph;

import io.ddgan.engine.Call;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.OperationCall;
import io.ddgan.engine.Value;
import io.ddgan.random.RandomStreams;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes an example's bits independent of its position in the batch. Matrix libraries compute the
 * last rows of a product differently, which changes their last bits. The affected rows depend on
 * the library, the processor and the number of threads, so they are found by experiment.
 */
final class BatchInvariance {

  private final int count;
  private final Map<List<Object>, Integer> together = new HashMap<>();

  /** Creates an instance for batches of {@code count} examples. */
  BatchInvariance(int count) {
    this.count = count;
  }

  /** Computes matrix products. */
  @FunctionalInterface
  interface Library {

    Kernel product(INDArray left, INDArray right, INDArray result);
  }

  /** Returns whether every example has the same number of rows. */
  boolean has(Value rows) {
    return rows.shape()[0] % count == 0;
  }

  /**
   * Returns the number of equal products into which a product over all examples has to be divided.
   *
   * @param call a matrix product with rows of all examples
   */
  int products(OperationCall call, Library library) {
    List<Object> product =
        List.of(
            call.output().dataType(), call.integers(), shape(call.input(0)), shape(call.input(1)));
    return count / together.computeIfAbsent(product, unused -> largestInvariant(call, library));
  }

  /** Returns the largest number of examples for which equal rows give equal bits. */
  private int largestInvariant(Call call, Library library) {
    return IntStream.iterate(count, n -> n > 1, n -> n - 1)
        .filter(n -> count % n == 0 && areEqual(n, call, library))
        .findFirst()
        .orElse(1);
  }

  private boolean areEqual(int examples, Call call, Library library) {
    try (INDArray left = copies(examples, call.input(0));
        INDArray right = random(call.input(1));
        INDArray result = copies(examples, call.output())) {
      try (Kernel kernel = library.product(left, right, result)) {
        kernel.run();
      }
      ByteBuffer all = result.data().pointer().asByteBuffer();
      int each = all.capacity() / examples;
      ByteBuffer first = all.slice(0, each);
      return IntStream.range(1, examples).allMatch(n -> all.slice(n * each, each).equals(first));
    }
  }

  /** Returns an array with the same random values for each example. */
  private INDArray copies(int examples, Value rows) {
    float[] one = random(rows.length() / count);
    float[] all = new float[Math.multiplyExact(examples, one.length)];
    for (int n = 0; n < examples; n++) {
      System.arraycopy(one, 0, all, n * one.length, one.length);
    }
    return array(all, rows.dataType(), examples * (rows.shape()[0] / count), rows.shape()[1]);
  }

  private static INDArray random(Value matrix) {
    return array(random(matrix.length()), matrix.dataType(), matrix.shape());
  }

  private static float[] random(long length) {
    RandomGenerator random = new RandomStreams(length).stream("examples apart");
    float[] all = new float[Math.toIntExact(length)];
    for (int i = 0; i < all.length; i++) {
      all[i] = random.nextFloat() - 0.5f;
    }
    return all;
  }

  private static INDArray array(float[] numbers, DataType type, long... shape) {
    INDArray array = Nd4j.createUninitialized(type, shape);
    array.data().setData(numbers);
    return array;
  }

  private static List<Long> shape(Value value) {
    return Arrays.stream(value.shape()).boxed().toList();
  }
}
