package io.ddgan.internal.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.ddgan.api.DataShape;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

class StridedSliceGradientLoweringTest {

  private final Graph graph = new Graph(DataType.FLOAT, 1, DataShape.point(1));
  private final SDVariable x = graph.input("x", 2, 3, 2);

  /** The native operation by itself fails now and then, so it is asked repeatedly. */
  @RepeatedTest(20)
  void dimensionsThatAreNotNamedAreTakenWhole() {
    assertGradient(x.get(SDIndex.point(1)), 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1);
  }

  @Test
  void severalDimensionsMayBeNamed() {
    SDVariable slice =
        graph.sameDiff().stridedSlice(x, new long[] {0, 0}, new long[] {2, 3}, new long[] {1, 2});
    assertGradient(slice, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1);
  }

  @Test
  void aSliceThatNamesAllDimensionsIsLeftAsItIs() {
    PlanAndSession both = new PlanAndSession();
    SDVariable y = both.input("y", 2, 3);
    both.compare(
            both.sameDiff()
                .stridedSlice(y, new long[] {0, 1}, new long[] {2, 3}, new long[] {1, 1}),
            y)
        .agreeWith("strided_slice_bp");
  }

  private void assertGradient(SDVariable slice, float... expected) {
    SDVariable gradient =
        new ReverseMode(graph.sameDiff()).gradients(slice.sum(), List.of(x), Set.of()).get(x);
    try (CompiledPlan plan = CompiledPlan.of(graph).output("gradient", gradient).build()) {
      float[] values = new float[12];
      Arrays.fill(values, 3);
      plan.set("x", values);
      plan.run();
      assertArrayEquals(expected, plan.get("gradient"));
    }
  }
}
