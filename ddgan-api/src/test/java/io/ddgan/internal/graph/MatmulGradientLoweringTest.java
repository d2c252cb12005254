package io.ddgan.internal.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;

class MatmulGradientLoweringTest {

  private final PlanAndSession both = new PlanAndSession();

  static Stream<Arguments> products() {
    List<Arguments> all = new ArrayList<>();
    for (int rank : new int[] {2, 3}) {
      for (boolean left : new boolean[] {false, true}) {
        for (boolean right : new boolean[] {false, true}) {
          for (String wanted : List.of("a", "b", "ab")) {
            all.add(Arguments.of(rank, left, right, wanted));
          }
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "rank {0}, transposed: {1} and {2}, by {3}")
  @MethodSource("products")
  void gradientsOfMatrixProductsAreMatrixProducts(
      int rank, boolean left, boolean right, String wanted) {
    SDVariable a = both.input("a", matrix(rank, left, 3, 4));
    SDVariable b = both.input("b", matrix(rank, right, 4, 5));
    SDVariable product = both.sameDiff().mmul(a, b, left, right, false);
    both.compare(product, both.inputs(wanted)).agreeWithout("matmul_bp");
  }

  @Test
  void theGradientOfATransposedProductStaysAsItIs() {
    SDVariable a = both.input("a", 3, 4);
    SDVariable b = both.input("b", 4, 5);
    both.compare(both.sameDiff().mmul(a, b, false, false, true), a, b).agreeWith("matmul_bp");
  }

  /** The native library refuses it, in the session too. */
  @Test
  void theGradientOfAMatrixTimesAVectorStaysAsItIs() {
    SDVariable a = both.input("a", 3, 4);
    SDVariable b = both.input("b", 4);
    both.compare(both.sameDiff().mmul(a, b), a, b).keeps("matmul_bp");
  }

  private static long[] matrix(int rank, boolean transposed, long rows, long columns) {
    long r = transposed ? columns : rows;
    long c = transposed ? rows : columns;
    return rank == 2 ? new long[] {r, c} : new long[] {2, r, c};
  }
}
