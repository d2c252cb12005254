package io.ddgan.internal.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.DataShape;
import io.ddgan.engine.Call;
import io.ddgan.engine.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.reduce.same.Sum;
import org.nd4j.linalg.factory.Nd4j;

class ReductionLoweringTest {

  private final PlanAndSession both = new PlanAndSession();

  /** The reductions that become products. */
  enum Kind {
    SUM("reduce_sum") {
      @Override
      SDVariable of(SDVariable x, boolean keep, int... dimensions) {
        return x.sum(keep, dimensions);
      }

      @Override
      SDVariable of(SDVariable x, SDVariable dimensions, boolean keep) {
        return new Sum(x.getSameDiff(), x, dimensions, keep).outputVariable();
      }
    },
    MEAN("reduce_mean") {
      @Override
      SDVariable of(SDVariable x, boolean keep, int... dimensions) {
        return x.mean(keep, dimensions);
      }

      @Override
      SDVariable of(SDVariable x, SDVariable dimensions, boolean keep) {
        return x.getSameDiff().mean(x, dimensions, keep);
      }
    };

    private final String operation;

    Kind(String operation) {
      this.operation = operation;
    }

    abstract SDVariable of(SDVariable x, boolean keep, int... dimensions);

    abstract SDVariable of(SDVariable x, SDVariable dimensions, boolean keep);
  }

  static Stream<Arguments> reductions() {
    return Stream.of(Kind.values())
        .flatMap(
            kind -> ofDimensions().map(each -> Arguments.of(kind, each.get()[0], each.get()[1])));
  }

  @ParameterizedTest(name = "{0} over {1}, keeping them: {2}")
  @MethodSource("reductions")
  void replacesReductionsByProductsAndTheirGradientsByBroadcasts(
      Kind kind, int[] dimensions, boolean keep) {
    SDVariable x = both.input("x", 2, 3, 4, 5);
    SDVariable reduced = kind.of(x, keep, dimensions);
    both.compare(reduced).agreeWithout(kind.operation);
    both.compare(reduced.mul(0.7), x).agreeWithout(kind.operation + "_bp");
  }

  @ParameterizedTest
  @EnumSource
  void reducesDimensionsOfOne(Kind kind) {
    SDVariable x = both.input("x", 3, 1, 4, 1);
    for (SDVariable reduced : List.of(kind.of(x, false, 0, 1), kind.of(x, true, 1, 2, 3))) {
      both.compare(reduced).agreeWithout(kind.operation);
      both.compare(reduced.mul(0.7), x).agreeWithout(kind.operation + "_bp");
    }
  }

  /** Cases where the session's results are wrong. */
  @ParameterizedTest
  @EnumSource
  void acceptsNegativeAndUnsortedDimensions(Kind kind) {
    SDVariable x = both.input("x", 2, 3, 4, 5);
    both.compare(kind.of(x, true, -2, 0))
        .against(kind.of(x, true, 0, 2))
        .agreeWithout(kind.operation);
    both.compare(kind.of(x, true, 3, -3))
        .against(kind.of(x, true, 1, 3))
        .agreeWithout(kind.operation);
  }

  @ParameterizedTest
  @EnumSource
  void keepsReductionsOfIntegers(Kind kind) {
    SDVariable positive = both.input("x", 3, 4).gt(0).castTo(DataType.INT32);
    both.compare(kind.of(positive, false, 1)).agreeWith(kind.operation);
  }

  @ParameterizedTest
  @EnumSource
  void keepsReductionsOverVariableDimensions(Kind kind) {
    SDVariable x = both.input("x", 2, 3, 4);
    SDVariable dimensions = both.sameDiff().constant(Nd4j.createFromArray(0, 2));
    for (boolean keep : new boolean[] {false, true}) {
      both.compare(kind.of(x, dimensions, keep))
          .against(kind.of(x, keep, 0, 2))
          .agreeWith(kind.operation);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsGradientsOverInputDimensions(Kind kind) {
    Value x = Value.planned(DataType.FLOAT, new long[] {2, 3});
    Value gradient = Value.planned(DataType.FLOAT, new long[] {3});
    Value dimensions = Value.constant(Nd4j.createFromArray(0));
    String operation = kind.operation + "_bp";
    TracedCall call =
        new TracedCall(
            DynamicCustomOp.builder(operation).build(),
            List.of(x, gradient, dimensions),
            List.of(x));
    List<Call> emitted = new ArrayList<>();
    Emitter emitter = new Emitter(emitted::add, constant -> {});
    var lowered = GradientLowerings.all().get(operation).lower(call, new boolean[] {true}, emitter);
    assertEquals(Optional.empty(), lowered);
    assertEquals(List.of(), emitted);
  }

  /** All sets of dimensions and whether to keep them, for an array of rank 4. */
  private static Stream<Arguments> ofDimensions() {
    return IntStream.range(0, 32)
        .mapToObj(
            n ->
                Arguments.of(
                    IntStream.range(0, 4).filter(d -> (n >> d & 1) == 1).toArray(), n >= 16));
  }

  private interface OfOne {
    SDVariable of(SDVariable x, boolean keep, int dimension);
  }

  static Stream<Arguments> ofOnes() {
    return Stream.of(
        ofOne("max", new float[] {2, -3}, (x, keep, d) -> x.max(keep, d)),
        ofOne("min", new float[] {2, -3}, (x, keep, d) -> x.min(keep, d)),
        ofOne("prod", new float[] {2, -3}, (x, keep, d) -> x.prod(keep, d)),
        ofOne("norm1", new float[] {2, 3}, (x, keep, d) -> x.norm1(keep, d)),
        ofOne("norm2", new float[] {2, 3}, (x, keep, d) -> x.norm2(keep, d)),
        ofOne("normmax", new float[] {2, 3}, (x, keep, d) -> x.normmax(keep, d)),
        ofOne(
            "sqnorm", new float[] {4, 9}, (x, keep, d) -> x.getSameDiff().squaredNorm(x, keep, d)));
  }

  private static Arguments ofOne(String name, float[] expected, OfOne kind) {
    return Arguments.of(name, expected, kind);
  }

  /** SameDiff's session cannot run these, so they are compared with their definition. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("ofOnes")
  void reducesADimensionOfOne(String name, float[] expected, OfOne kind) {
    Graph graph = new Graph(DataType.FLOAT, 1, DataShape.point(1));
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
  void leavesLongDimensionsToTheNativeOperation() {
    both.compare(both.input("x", 3, 4).max(1)).agreeWith("reduce_max");
  }
}
