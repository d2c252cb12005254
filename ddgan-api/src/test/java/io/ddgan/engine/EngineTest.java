package io.ddgan.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class EngineTest {

  private final INDArray average = Nd4j.createFromArray(1f, -2f);
  private final INDArray weights = Nd4j.createFromArray(3f, 6f);

  @Test
  void averagesWeightsWithTheDecay() {
    Engine.nd4j().average(average, weights, 0.75);
    assertArrayEquals(new float[] {1.5f, 0}, average.data().asFloat(), 1e-6f);
    assertArrayEquals(new float[] {3, 6}, weights.data().asFloat());
    Engine.nd4j().average(average, weights, 0);
    assertArrayEquals(new float[] {3, 6}, average.data().asFloat());
  }
}
