package io.ddgan.internal.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.engine.Call;
import io.ddgan.engine.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
  void reductionsAreProducts(Kind kind, int[] dimensions, boolean keep) {
    SDVariable x = both.input("x", 2, 3, 4, 5);
    both.compare(kind.of(x, keep, dimensions)).agreeWithout(kind.operation);
  }

  @ParameterizedTest
  @EnumSource
  void dimensionsOfOneCanBeReduced(Kind kind) {
    SDVariable x = both.input("x", 3, 1, 4, 1);
    both.compare(kind.of(x, false, 0, 1)).agreeWithout(kind.operation);
    both.compare(kind.of(x, true, 1, 2, 3)).agreeWithout(kind.operation);
  }

  /** Where the session's results are wrong. */
  @ParameterizedTest
  @EnumSource
  void dimensionsCountFromTheEndAndStandInAnyOrder(Kind kind) {
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
  void reductionsOfIntegersStayAsTheyAre(Kind kind) {
    SDVariable positive = both.input("x", 3, 4).gt(0).castTo(DataType.INT32);
    both.compare(kind.of(positive, false, 1)).agreeWith(kind.operation);
  }

  @ParameterizedTest
  @EnumSource
  void reductionsOverDimensionsFromTheGraphStayAsTheyAre(Kind kind) {
    SDVariable x = both.input("x", 2, 3, 4);
    SDVariable dimensions = both.sameDiff().constant(Nd4j.createFromArray(0, 2));
    for (boolean keep : new boolean[] {false, true}) {
      both.compare(kind.of(x, dimensions, keep))
          .against(kind.of(x, keep, 0, 2))
          .agreeWith(kind.operation);
    }
  }

  @ParameterizedTest(name = "{0} over {1}, keeping them: {2}")
  @MethodSource("reductions")
  void gradientsAreBroadcasts(Kind kind, int[] dimensions, boolean keep) {
    SDVariable x = both.input("x", 2, 3, 4, 5);
    both.compare(kind.of(x, keep, dimensions).mul(0.7), x).agreeWithout(kind.operation + "_bp");
  }

  @ParameterizedTest
  @EnumSource
  void gradientsOfDimensionsOfOneAreBroadcastsToo(Kind kind) {
    SDVariable x = both.input("x", 3, 1, 4, 1);
    both.compare(kind.of(x, false, 0, 1).mul(0.7), x).agreeWithout(kind.operation + "_bp");
    both.compare(kind.of(x, true, 1, 2, 3).mul(0.7), x).agreeWithout(kind.operation + "_bp");
  }

  @ParameterizedTest
  @EnumSource
  void gradientsOverDimensionsThatAreAnInputStayAsTheyAre(Kind kind) {
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

  private static final List<List<Integer>> DIMENSIONS =
      List.of(
          List.of(),
          List.of(0),
          List.of(1),
          List.of(3),
          List.of(0, 1),
          List.of(1, 2),
          List.of(2, 3),
          List.of(1, 3),
          List.of(0, 3),
          List.of(0, 1, 2),
          List.of(1, 2, 3),
          List.of(0, 1, 2, 3));

  /** Pairs of dimensions and whether to keep them, for an array of rank 4. */
  private static Stream<Arguments> ofDimensions() {
    List<Arguments> all = new ArrayList<>();
    for (List<Integer> dimensions : DIMENSIONS) {
      for (boolean keep : new boolean[] {false, true}) {
        all.add(Arguments.of(dimensions.stream().mapToInt(Integer::intValue).toArray(), keep));
      }
    }
    return all.stream();
  }
}
