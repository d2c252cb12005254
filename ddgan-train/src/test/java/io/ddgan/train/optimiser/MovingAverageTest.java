package io.ddgan.train.optimiser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.DataShape;
import io.ddgan.engine.Engine;
import io.ddgan.graph.ParameterLayout;
import io.ddgan.graph.ParameterSet;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

class MovingAverageTest {

  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(
          DataShape.point(1),
          1,
          p -> {
            SDVariable unused = p.parameter("w", (shape, random) -> new float[2], 2);
          });

  @Test
  void anUpdateKeepsTheDecaysShareOfTheAverageAndTakesTheRestOfTheWeights() {
    try (ParameterSet average = ParameterSet.zeros(LAYOUT, DataType.FLOAT);
        ParameterSet weights = ParameterSet.zeros(LAYOUT, DataType.FLOAT)) {
      average.set("w", new float[] {1, -2});
      weights.set("w", new float[] {3, 6});
      Engine.nd4j().average(average.flat(), weights.flat(), 0.75);
      assertArrayEquals(new float[] {1.5f, 0}, average.flat().dup().data().asFloat(), 1e-6f);
      assertArrayEquals(new float[] {3, 6}, weights.flat().dup().data().asFloat());
    }
  }

  @Test
  void aDecayOfZeroIsTheWeightsThemselves() {
    try (ParameterSet average = ParameterSet.zeros(LAYOUT, DataType.FLOAT);
        ParameterSet weights = ParameterSet.zeros(LAYOUT, DataType.FLOAT)) {
      average.set("w", new float[] {1, -2});
      weights.set("w", new float[] {3, 6});
      Engine.nd4j().average(average.flat(), weights.flat(), 0);
      assertArrayEquals(new float[] {3, 6}, average.flat().dup().data().asFloat());
    }
  }

  @Test
  void theDecayOfAYoungAverageGrowsFromATenthToThatOfAnOldOne() {
    assertEquals(0.1, MovingAverage.warmedUp(0.999, 0), 1e-12);
    assertEquals(2 / 11.0, MovingAverage.warmedUp(0.999, 1), 1e-12);
    assertEquals(101 / 110.0, MovingAverage.warmedUp(0.999, 100), 1e-12);
    assertEquals(0.999, MovingAverage.warmedUp(0.999, 10_000), 1e-12);
    assertEquals(0.05, MovingAverage.warmedUp(0.05, 0), 1e-12);
  }

  @Test
  void afterTheExamplesOfItsHalfLifeWhatIsAveragedCountsHalf() {
    double decay = MovingAverage.ofHalfLife(1000, 50);
    assertEquals(0.5, Math.pow(decay, 1000 / 50.0), 1e-12);
    assertEquals(Math.pow(0.5, 0.05), decay, 1e-12);
  }
}
