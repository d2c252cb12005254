package io.ddgan.train.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.DataShape;
import io.ddgan.api.ProcessGroup;
import io.ddgan.internal.graph.ParameterLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientAccumulatorTest {

  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(
          DataShape.point(2),
          1,
          scope -> scope.parameter("weight", (shape, random) -> new float[3], 3));

  /** In another order the sum would have other bits. */
  @Test
  void sumsGradientsPairwise() {
    float[] gradients = {1, 1e8f, -1e8f, 3, 5, 7};
    List<Integer> computed = new ArrayList<>();
    try (GradientAccumulator sum =
        new GradientAccumulator(gradients.length, ProcessGroup.ALONE, LAYOUT)) {
      sum.add(
          shard -> {
            computed.add(shard);
            sum.gradient().flat().assign(gradients[shard]);
          });
      float expected = (1 + (1e8f - 1e8f)) + (3 + (5f + 7f));
      assertEquals(expected * (1f / 6), sum.gradient().flat().getFloat(2), 1e-6);
    }
    assertEquals(List.of(0, 1, 2, 3, 4, 5), computed);
  }
}
