package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.engine.AdamStep;
import io.ddgan.engine.Engine;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Against the definitions, in double precision. */
class WeightUpdatesTest {

  private static final int UPDATES = 5;
  private static final double RATE = 0.01;
  private static final double BETA1 = 0.5;
  private static final double BETA2 = 0.9;
  private static final double EPSILON = 1e-3;

  /** What Adam changes, for one network. */
  private record Weights(INDArray weights, INDArray mean, INDArray square) {

    static Weights of(float[] values) {
      int n = values.length;
      return new Weights(Nd4j.createFromArray(values), Nd4j.zeros(n), Nd4j.zeros(n));
    }

    AdamStep step(float[] gradient, double rate, long updates) {
      INDArray array = Nd4j.createFromArray(gradient);
      return new AdamStep(weights, array, mean, square, rate, BETA1, BETA2, EPSILON, updates);
    }
  }

  /** An engine that has begun to work, as one with a plan. */
  private static Engine engine(int threads) {
    Engine engine = Tested.engine(true, threads);
    assertTrue(engine.optimise(List.of(), Set.of()).isPresent());
    return engine;
  }

  private static float[] numbers(int count, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextDouble(-3, 3);
    }
    return numbers;
  }

  private static float[] values(INDArray array) {
    return array.dup().data().asFloat();
  }

  /** Weights after all updates. */
  private static float[] trained(Engine engine, int count) {
    Weights network = Weights.of(numbers(count, 0));
    for (int t = 0; t < UPDATES; t++) {
      engine.adam(network.step(numbers(count, t + 1), RATE, t));
    }
    return values(network.weights);
  }

  /** The same by the definition, with all of its corrections. */
  private static float[] defined(int count) {
    float[] weights = numbers(count, 0);
    double[] mean = new double[count];
    double[] square = new double[count];
    double[] precise = new double[count];
    for (int t = 1; t <= UPDATES; t++) {
      float[] gradient = numbers(count, t);
      for (int i = 0; i < count; i++) {
        mean[i] = BETA1 * mean[i] + (1 - BETA1) * gradient[i];
        square[i] = BETA2 * square[i] + (1 - BETA2) * gradient[i] * gradient[i];
        double correctedMean = mean[i] / (1 - Math.pow(BETA1, t));
        double correctedSquare = square[i] / (1 - Math.pow(BETA2, t));
        precise[i] -= RATE * correctedMean / (Math.sqrt(correctedSquare) + EPSILON);
      }
    }
    for (int i = 0; i < count; i++) {
      weights[i] += (float) precise[i];
    }
    return weights;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 4096, 4097, 10_003})
  void stepsOfAdamAreTheirDefinition(int count) {
    assertArrayEquals(defined(count), trained(engine(2), count), 2e-6f);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void otherThreadsGiveTheSameBits(int threads) {
    assertArrayEquals(trained(engine(2), 50_001), trained(engine(threads), 50_001));
  }

  @Test
  void anEngineWithoutPlansLeavesThemToNd4j() {
    Engine engine = Tested.engine(true, 2);
    assertArrayEquals(trained(Engine.nd4j(), 1000), trained(engine, 1000));
  }

  @Test
  void aRateOfZeroMovesTheMeansAlone() {
    Weights network = Weights.of(numbers(20, 0));
    engine(2).adam(network.step(new float[20], 0, 0));
    assertArrayEquals(numbers(20, 0), values(network.weights));
    engine(2).adam(network.step(numbers(20, 1), 0, 1));
    assertArrayEquals(numbers(20, 0), values(network.weights));
    assertEquals(0.5f * numbers(20, 1)[7], network.mean.getFloat(7), 1e-6f);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void partsOfALargerVectorAreUpdatedAlone(int stride) {
    float[] all = numbers(40, 0);
    INDArray larger = Nd4j.createFromArray(all);
    INDArray part = larger.get(NDArrayIndex.interval(10, stride, 30));
    assertTrue(WeightUpdates.isVector(larger));
    assertFalse(WeightUpdates.isVector(part));
    engine(2).average(part, Nd4j.zeros(part.length()), 0.5);
    for (int i = 10; i < 30; i += stride) {
      all[i] *= 0.5f;
    }
    assertArrayEquals(all, values(larger));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 17, 4096, 10_003})
  void anAverageKeepsItsDecaysShareAndTakesTheRestOfTheWeights(int count) {
    INDArray average = Nd4j.createFromArray(numbers(count, 0));
    INDArray weights = Nd4j.createFromArray(numbers(count, 1));
    engine(2).average(average, weights, 0.75);
    float[] expected = numbers(count, 0);
    float[] taken = numbers(count, 1);
    for (int i = 0; i < count; i++) {
      expected[i] = (float) (0.75 * expected[i] + 0.25 * taken[i]);
    }
    assertArrayEquals(expected, values(average), 1e-6f);
    assertArrayEquals(taken, values(weights));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 17, 4096, 10_003})
  void aNormIsTheRootOfTheSquaresSum(int count) {
    float[] numbers = numbers(count, 0);
    double sum = 0;
    for (float number : numbers) {
      sum += (double) number * number;
    }
    double norm = engine(2).norm(Nd4j.createFromArray(numbers));
    assertEquals(Math.sqrt(sum), norm, 1e-6 * Math.sqrt(sum));
    assertEquals(norm, engine(3).norm(Nd4j.createFromArray(numbers)));
  }

  @Test
  void theNormOfWhatIsNotFiniteIsNotEither() {
    float[] numbers = numbers(5000, 0);
    numbers[4500] = Float.NaN;
    assertEquals(Double.NaN, engine(2).norm(Nd4j.createFromArray(numbers)));
    numbers[4500] = Float.NEGATIVE_INFINITY;
    assertEquals(Double.POSITIVE_INFINITY, engine(2).norm(Nd4j.createFromArray(numbers)));
  }
}
