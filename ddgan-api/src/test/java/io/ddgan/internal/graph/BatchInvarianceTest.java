package io.ddgan.internal.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.contract.PlacesInBatch;
import io.ddgan.engine.Engine;
import io.ddgan.engine.OperationCall;
import io.ddgan.engine.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

class BatchInvarianceTest {

  @ParameterizedTest
  @CsvSource({"1, 50", "1, 64", "1, 1", "3, 40"})
  void bitsDoNotDependOnThePositionInTheBatch(int rows, int out) {
    PlacesInBatch.assertMakeNoDifference(Engine.nd4j(), rows, out);
  }

  @ParameterizedTest
  @CsvSource({"1, 50", "1, 64", "1, 1", "3, 40"})
  void bitsDoNotDependOnTheSizeOfTheBatch(int rows, int out) {
    PlacesInBatch.assertSizesMakeNoDifference(Engine.nd4j(), rows, out);
  }

  @Test
  void findsTheLargestProductsWithEqualRows() {
    assertEquals(12, together(12, 12, library(0, Integer.MAX_VALUE)));
    assertEquals(6, together(12, 12, library(2, 7)));
    assertEquals(4, together(12, 12, library(1, 5)));
    assertEquals(1, together(12, 12, library(1, 2)));
    BatchInvariance apart = new BatchInvariance(12, 12);
    assertEquals(6, apart.together(product(12), library(1, 7)));
    assertEquals(3, apart.together(product(24), library(1, 7)));
    // rows of one example may differ from each other
    assertEquals(12, together(24, 12, everySecondRowOtherwise()));
    assertEquals(1, together(12, 12, everySecondRowOtherwise()));
  }

  @Test
  void findsTheSmallestProductsWithTheBitsOfTheLargest() {
    assertEquals(3, together(3, 3, library(0, Integer.MAX_VALUE)));
    assertEquals(8, together(3, 3, fewRowsOtherwise(8)));
    assertEquals(12, together(3, 3, fewRowsOtherwise(9)));
    assertEquals(12, together(24, 24, fewRowsOtherwise(9)));
  }

  @Test
  void requiresEquallyManyRowsPerExample() {
    BatchInvariance apart = new BatchInvariance(12, 12);
    assertTrue(apart.has(matrix(36, 1)));
    assertFalse(apart.has(matrix(18, 1)));
  }

  @Test
  void computesProductsOverAllExamplesAtOnce() {
    float[] once = transposedProduct(1);
    for (int examples : new int[] {2, 7, 14}) {
      assertArrayEquals(once, transposedProduct(examples), 1e-6f);
    }
  }

  private static float[] transposedProduct(int examples) {
    Graph graph = new Graph(DataType.FLOAT, examples, DataShape.point(3));
    SDVariable x = graph.input("x", 14, 3);
    SDVariable y = graph.sameDiff().mmul(x, graph.input("weights", 3, 28), false, false, true);
    try (CompiledPlan plan =
        CompiledPlan.of(graph).batchInvariance(examples, examples).output("y", y).build()) {
      plan.set("x", ascending(42));
      plan.set("weights", ascending(84));
      plan.run();
      return plan.get("y");
    }
  }

  private static float[] ascending(int count) {
    float[] all = new float[count];
    for (int i = 0; i < count; i++) {
      all[i] = i / 64f;
    }
    return all;
  }

  /** Returns the number of examples per product where 12 are usual. */
  private static int together(long rows, int examples, BatchInvariance.Library library) {
    return new BatchInvariance(examples, 12).together(product(rows), library);
  }

  /** Computes products of few rows by another method. */
  private static BatchInvariance.Library fewRowsOtherwise(int fewest) {
    return (left, right, result) ->
        () -> {
          INDArray product = product(left, right, result);
          for (long row = 0; product.rows() < fewest && row < product.rows(); row++) {
            disturb(product, row);
          }
        };
  }

  /** Computes the last rows of large products differently. */
  private static BatchInvariance.Library library(int last, int from) {
    return (left, right, result) ->
        () -> {
          INDArray product = product(left, right, result);
          long rows = product.rows();
          for (long row = rows >= from ? rows - last : rows; row < rows; row++) {
            disturb(product, row);
          }
        };
  }

  private static BatchInvariance.Library everySecondRowOtherwise() {
    return (left, right, result) ->
        () -> {
          INDArray product = product(left, right, result);
          for (long row = 1; row < product.rows(); row += 2) {
            disturb(product, row);
          }
        };
  }

  private static INDArray product(INDArray left, INDArray right, INDArray result) {
    for (long row = 0; row < result.rows(); row++) {
      result.putRow(row, left.getRow(row, true).mmul(right));
    }
    return result;
  }

  /** Returns the last bit of a number. */
  private static void disturb(INDArray product, long row) {
    product.putScalar(row, 0, Math.nextUp(product.getFloat(row, 0)));
  }

  private static Value matrix(long rows, long columns) {
    return Value.planned(DataType.FLOAT, new long[] {rows, columns});
  }

  private static OperationCall product(long rows) {
    return new TracedCall(
        DynamicCustomOp.builder("matmul").addIntegerArguments(0, 0, 0).build(),
        List.of(matrix(rows, 5), matrix(5, 2)),
        List.of(matrix(rows, 2)));
  }
}
