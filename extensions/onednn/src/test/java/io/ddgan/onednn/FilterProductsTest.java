package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.engine.Call;
import io.ddgan.engine.Value;
import io.ddgan.onednn.product.FilterProducts;
import io.ddgan.onednn.product.FilterTaps;
import io.ddgan.onednn.product.MatrixProduct;
import io.ddgan.onednn.product.MatrixProduct.Matrices;
import io.ddgan.onednn.runtime.KernelRuntime;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class FilterProductsTest {

  private static final int EXAMPLES = 5;

  private final KernelRuntime runtime = new KernelRuntime(2);
  private final SplittableRandom random = new SplittableRandom(3);

  /** A matrix with some numbers in each row, among zeros. */
  private Value filter(int outputs, int inputs, int numbers) {
    float[][] rows = new float[outputs][inputs];
    for (float[] row : rows) {
      for (int i = 0; i < numbers; i++) {
        row[random.nextInt(inputs)] = random.nextFloat() - 0.5f;
      }
    }
    return Value.constant(Nd4j.createFromArray(rows));
  }

  /** As the products of matrices that it stands for, be there vectors that a row does not fill. */
  @ParameterizedTest
  @CsvSource({"16, 8, 1, 64, 4", "8, 16, 16, 32, 2", "33, 35, 3, 37, 4", "9, 7, 5, 16, 1"})
  void isTheProductWithTheWholeMatrix(int outputs, int inputs, int each, int width, int numbers) {
    Value filter = filter(outputs, inputs, numbers);
    Value from = Value.fixed(Nd4j.randn(DataType.FLOAT, EXAMPLES, each, inputs, width));
    Value to = Value.fixed(Nd4j.create(DataType.FLOAT, EXAMPLES, each, outputs, width));
    Value again = Value.fixed(Nd4j.create(DataType.FLOAT, EXAMPLES, each, outputs, width));
    Loops.run(List.of(products(filter, from, to, each, width)));
    Matrices left = Matrices.of(filter, false).alike();
    Loops.run(
        List.of(
            MatrixProduct.of(
                runtime,
                left,
                new Matrices(from, inputs, width, (long) inputs * width, width, 1),
                new Matrices(again, outputs, width, (long) outputs * width, width, 1),
                EXAMPLES,
                each)));
    assertArrayEquals(numbers(again), numbers(to), 1e-6f);
  }

  @Test
  void twoOfThemAreDoneExampleByExample() {
    int width = 24;
    Value down = filter(4, 8, 4);
    Value up = filter(8, 4, 2);
    Value from = Value.fixed(Nd4j.randn(DataType.FLOAT, EXAMPLES, 8, width));
    Value between = Value.planned(DataType.FLOAT, new long[] {EXAMPLES, 4, width});
    Value to = Value.fixed(Nd4j.create(DataType.FLOAT, EXAMPLES, 8, width));
    List<Call> calls =
        List.of(products(down, from, between, 1, width), products(up, between, to, 1, width));
    List<Call> fused = FusedBatch.of(runtime, calls, Set.of(to));
    assertEquals(1, fused.size());
    Loops.run(fused);
    float[] inCache = numbers(to);
    between.place(Nd4j.create(DataType.FLOAT, EXAMPLES, 4, width));
    Loops.run(calls);
    assertArrayEquals(numbers(to), inCache);
  }

  @Test
  void matricesThatChangeOrHaveMoreNumbersInARowAreNotTaken() {
    assertTrue(FilterTaps.of(filter(8, 40, 4), false).isPresent());
    assertTrue(FilterTaps.of(Value.constant(Nd4j.ones(DataType.FLOAT, 3, 5)), false).isEmpty());
    assertTrue(FilterTaps.of(Value.fixed(Nd4j.eye(4)), false).isEmpty());
  }

  @Test
  void rowsThatFillNoVectorAreNotTaken() {
    assertTrue(FilterProducts.canDo(64));
    assertFalse(FilterProducts.canDo(1));
  }

  @Test
  void theColumnsOfAMatrixCanBeTheFilter() {
    Value matrix = Value.constant(Nd4j.createFromArray(new float[][] {{0, 2}, {0, 0}, {3, 0}}));
    FilterTaps taps = FilterTaps.of(matrix, true).orElseThrow();
    assertEquals(3, taps.inputs());
    assertEquals(2, taps.outputs());
    int width = 16;
    Value from = Value.fixed(Nd4j.randn(DataType.FLOAT, EXAMPLES, 3, width));
    Value to = Value.fixed(Nd4j.create(DataType.FLOAT, EXAMPLES, 2, width));
    Loops.run(List.of(new FilterProducts(runtime, taps, from, to, EXAMPLES, 1, width)));
    float[] x = numbers(from);
    float[] y = numbers(to);
    for (int i = 0; i < EXAMPLES * width; i++) {
      int example = i / width;
      int column = i % width;
      assertEquals(3 * x[(example * 3 + 2) * width + column], y[example * 2 * width + column]);
      assertEquals(2 * x[example * 3 * width + column], y[(example * 2 + 1) * width + column]);
    }
  }

  private FilterProducts products(Value filter, Value from, Value to, int each, int width) {
    return new FilterProducts(
        runtime, FilterTaps.of(filter, false).orElseThrow(), from, to, EXAMPLES, each, width);
  }

  private static float[] numbers(Value value) {
    return value.array().dup('c').data().asFloat();
  }
}
