package io.ddgan.internal.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.DataShape;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** SameDiff's session cannot run these, so they are held to what they mean. */
class SingleReductionLoweringTest {

  private final Graph graph = new Graph(DataType.FLOAT, 1, DataShape.point(1));

  private interface Kind {
    SDVariable of(SDVariable x, boolean keep, int dimension);
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        kind("max", new float[] {2, -3}, (x, keep, d) -> x.max(keep, d)),
        kind("min", new float[] {2, -3}, (x, keep, d) -> x.min(keep, d)),
        kind("prod", new float[] {2, -3}, (x, keep, d) -> x.prod(keep, d)),
        kind("norm1", new float[] {2, 3}, (x, keep, d) -> x.norm1(keep, d)),
        kind("norm2", new float[] {2, 3}, (x, keep, d) -> x.norm2(keep, d)),
        kind("normmax", new float[] {2, 3}, (x, keep, d) -> x.normmax(keep, d)),
        kind(
            "sqnorm", new float[] {4, 9}, (x, keep, d) -> x.getSameDiff().squaredNorm(x, keep, d)));
  }

  private static Arguments kind(String name, float[] expected, Kind kind) {
    return Arguments.of(name, expected, kind);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void aDimensionOfOneCanBeReduced(String name, float[] expected, Kind kind) {
    SDVariable x = graph.input("x", 2, 1);
    SDVariable flat = kind.of(x, false, 1);
    SDVariable kept = kind.of(x, true, 1);
    try (CompiledPlan plan =
        CompiledPlan.of(graph).output("flat", flat).output("kept", kept).build()) {
      plan.set("x", new float[] {2, -3});
      plan.run();
      assertArrayEquals(expected, plan.get("flat"));
      assertArrayEquals(expected, plan.get("kept"));
      assertArrayEquals(new long[] {2}, plan.output("flat").shape());
      assertArrayEquals(new long[] {2, 1}, plan.output("kept").shape());
      assertEquals(name.matches("max|min|prod") ? 0 : 2, plan.size());
    }
  }

  @Test
  void longerDimensionsAreLeftToTheNativeOperation() {
    PlanAndSession both = new PlanAndSession();
    both.compare(both.input("x", 3, 4).max(1)).agreeWith("reduce_max");
  }
}
