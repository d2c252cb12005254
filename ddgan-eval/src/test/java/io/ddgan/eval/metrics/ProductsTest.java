package io.ddgan.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.Vectors;
import io.ddgan.contract.Draws;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks of one vector, blocks that do and do not divide the sets, and one block for all. */
class ProductsTest {

  private static final int SIZE = 5;

  private final double[] some = Draws.normal("some", 7, SIZE, 0, 1);
  private final double[] others = Draws.normal("others", 10, SIZE, 0, 1);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 9, 10, 100})
  void everyPairOfTwoSetsComesOnce(int block) throws IOException {
    Map<String, Double> expected = new TreeMap<>();
    for (int i = 0; i < 7; i++) {
      for (int j = 0; j < 10; j++) {
        expected.put(i + "," + j, product(some, i, others, j));
      }
    }
    Map<String, Double> actual = new TreeMap<>();
    new Products(block)
        .across(
            Vectors.of(some, SIZE), Vectors.of(others, SIZE), (i, j, p) -> put(actual, i, j, p));
    assertClose(expected, actual);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 9, 10, 100})
  void everyTwoVectorsOfASetComeOnce(int block) throws IOException {
    Map<String, Double> expected = new TreeMap<>();
    for (int i = 0; i < 10; i++) {
      for (int j = i + 1; j < 10; j++) {
        expected.put(i + "," + j, product(others, i, others, j));
      }
    }
    Map<String, Double> actual = new TreeMap<>();
    new Products(block).within(Vectors.of(others, SIZE), (i, j, p) -> put(actual, i, j, p));
    assertClose(expected, actual);
  }

  @Test
  void vectorsOfOtherLengthsAreRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Products()
                    .across(Vectors.of(some, SIZE), Vectors.of(others, 2), (i, j, p) -> {}));
    assertEquals("vectors of length 5 cannot be compared with those of length 2", e.getMessage());
  }

  private static void put(Map<String, Double> all, int i, int j, double product) {
    Double before = all.put(i + "," + j, product);
    assertEquals(null, before, () -> "the pair %d, %d comes twice".formatted(i, j));
  }

  private static void assertClose(Map<String, Double> expected, Map<String, Double> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((pair, product) -> assertEquals(product, actual.get(pair), 1e-13, pair));
  }

  private static double product(double[] a, int i, double[] b, int j) {
    double product = 0;
    for (int k = 0; k < SIZE; k++) {
      product += a[i * SIZE + k] * b[j * SIZE + k];
    }
    return product;
  }
}
