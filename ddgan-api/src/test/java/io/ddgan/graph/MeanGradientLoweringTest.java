package io.ddgan.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

class MeanGradientLoweringTest {

  private final PlanAndSession both = new PlanAndSession();

  @ParameterizedTest(name = "over {0}, keeping them: {1}")
  @MethodSource("io.ddgan.graph.Reductions#all")
  void gradientsOfMeansAreBroadcasts(int[] dimensions, boolean keep) {
    SDVariable x = both.input("x", 2, 3, 4, 5);
    both.compare(x.mean(keep, dimensions).mul(0.7), x).agreeWithout("reduce_mean_bp");
  }

  @Test
  void dimensionsOfOneCanBeReduced() {
    SDVariable x = both.input("x", 3, 1, 4, 1);
    both.compare(x.mean(0, 1).mul(0.7), x).agreeWithout("reduce_mean_bp");
    both.compare(x.mean(true, 1, 2, 3).mul(0.7), x).agreeWithout("reduce_mean_bp");
  }

  @Test
  void dimensionsThatAreAnInputStayAsTheyAre() {
    Value x = Value.planned(DataType.FLOAT, new long[] {2, 3});
    Value gradient = Value.planned(DataType.FLOAT, new long[] {3});
    Value dimensions = Value.constant(Nd4j.createFromArray(0));
    TracedCall call =
        new TracedCall(
            DynamicCustomOp.builder("reduce_mean_bp").build(),
            List.of(x, gradient, dimensions),
            List.of(x));
    List<TracedCall> emitted = new ArrayList<>();
    Emitter emitter = new Emitter(emitted::add, constant -> {});
    var lowered =
        GradientLowerings.all().get("reduce_mean_bp").lower(call, new boolean[] {true}, emitter);
    assertEquals(Optional.empty(), lowered);
    assertEquals(List.of(), emitted);
  }
}
