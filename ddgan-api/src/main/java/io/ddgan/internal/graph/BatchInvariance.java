package io.ddgan.internal.graph;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.OperationCall;
import io.ddgan.engine.Value;
import io.ddgan.random.RandomStreams;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes an example's bits independent of the batch's size and of its position in the batch. Matrix
 * libraries choose a method by the number of rows, and compute the last rows of a product
 * differently, which changes their last bits. The affected rows depend on the library, the
 * processor and the number of threads, so they are found by experiment.
 */
final class BatchInvariance {

  /** Minimum number of compared numbers: a few may have the same bits by chance. */
  private static final long FEWEST_NUMBERS = 32;

  private final int count;
  private final int usual;
  private final Map<List<Object>, Integer> together = new HashMap<>();

  /**
   * Creates an instance.
   *
   * @param count number of examples of the plan
   * @param usual number of examples whose bits all plans have
   */
  BatchInvariance(int count, int usual) {
    this.count = count;
    this.usual = usual;
  }

  /** Computes matrix products. */
  @FunctionalInterface
  interface Library {

    Kernel product(INDArray left, INDArray right, INDArray result);
  }

  /** Returns the ratio of the usual number of examples to the plan's. */
  double scale() {
    return (double) usual / count;
  }

  /** Returns whether every example has the same number of rows. */
  boolean has(Value rows) {
    return rows.shape()[0] % count == 0;
  }

  /** Returns the number of an example's rows. */
  long rows(Value rows) {
    return rows.shape()[0] / count;
  }

  /**
   * Returns the number of examples in each of the products that replace a product over all
   * examples. The last one may need padding.
   *
   * @param call a matrix product with rows of all examples
   */
  int together(OperationCall call, Library library) {
    List<Object> product =
        List.of(
            call.output().dataType(), call.integers(), shape(call.input(0)), shape(call.input(1)));
    return together.computeIfAbsent(product, unused -> new Experiment(call, library).together());
  }

  /** Multiplies copies of one example's rows by a matrix. */
  private final class Experiment {

    private final Library library;
    private final DataType type;
    private final long[] rows;
    private final long[] right;
    private final List<float[][]> factors;

    Experiment(OperationCall call, Library library) {
      this.library = library;
      this.type = call.output().dataType();
      this.rows = new long[] {rows(call.output()), call.output().shape()[1]};
      this.right = call.input(1).shape();
      long left = call.input(0).length() / count;
      this.factors =
          LongStream.rangeClosed(0, FEWEST_NUMBERS / (rows[0] * rows[1]))
              .mapToObj(i -> new float[][] {numbers(left, i), numbers(call.input(1).length(), i)})
              .toList();
    }

    int together() {
      int largest =
          IntStream.iterate(usual, n -> n > 1, n -> n - 1)
              .filter(n -> usual % n == 0 && bits(n).isPresent())
              .findFirst()
              .orElse(1);
      if (count >= largest) {
        return largest;
      }
      Optional<List<ByteBuffer>> expected = bits(largest);
      return IntStream.iterate(count, n -> n < largest, n -> Integer.highestOneBit(n) * 2)
          .filter(n -> bits(n).equals(expected))
          .findFirst()
          .orElse(largest);
    }

    /** Returns an example's bits in each product; empty if they depend on its position. */
    private Optional<List<ByteBuffer>> bits(int examples) {
      int each = Math.toIntExact(rows[0] * rows[1] * type.width());
      List<ByteBuffer> bits = new ArrayList<>();
      for (float[][] pair : factors) {
        ByteBuffer product = product(examples, pair[0], pair[1]);
        ByteBuffer first = product.slice(0, each);
        if (!IntStream.range(1, examples)
            .allMatch(n -> product.slice(n * each, each).equals(first))) {
          return Optional.empty();
        }
        bits.add(first);
      }
      return Optional.of(bits);
    }

    private ByteBuffer product(int examples, float[] one, float[] matrix) {
      float[] copies = new float[Math.multiplyExact(examples, one.length)];
      for (int n = 0; n < examples; n++) {
        System.arraycopy(one, 0, copies, n * one.length, one.length);
      }
      try (INDArray a = array(copies, type, examples * rows[0], one.length / rows[0]);
          INDArray b = array(matrix, type, right);
          INDArray result = Nd4j.createUninitialized(type, examples * rows[0], rows[1])) {
        try (Kernel kernel = library.product(a, b, result)) {
          kernel.run();
        }
        ByteBuffer bytes = result.data().pointer().asByteBuffer();
        return ByteBuffer.allocate(bytes.capacity()).put(bytes).flip();
      }
    }
  }

  private static float[] numbers(long length, long seed) {
    RandomGenerator random = new RandomStreams(length).stream("examples apart", seed);
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
