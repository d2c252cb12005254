package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Tests the contract that generators and discriminators share. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NetworkContract {

  static final int BATCH = 4;

  /** Returns the shape of the test examples. */
  protected abstract DataShape shape();

  /**
   * Returns the number of classes of the data. If positive, the networks get the class of each
   * example as {@link io.ddgan.api.Inputs#LABEL}.
   */
  protected int classes() {
    return 0;
  }

  abstract Stream<TestedNetwork> networks();

  @ParameterizedTest
  @MethodSource("networks")
  void outputsFiniteNumbersOfTheRightShape(TestedNetwork network) {
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      INDArray output = network.run(type, 0, BATCH);
      long[] expected =
          LongStream.concat(LongStream.of(BATCH), LongStream.of(network.outputDimensions()))
              .toArray();
      assertArrayEquals(expected, output.shape());
      double[] values = output.data().asDouble();
      assertTrue(DoubleStream.of(values).allMatch(Double::isFinite));
      assertArrayEquals(
          values, network.run(type, 0, BATCH).data().asDouble(), "the same each time");
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void hasTheSameParametersForAnyBatchSize(TestedNetwork network) {
    assertEquals(shapes(network.layout(1)), shapes(network.layout(BATCH)));
  }

  private static Map<String, List<Long>> shapes(ParameterLayout layout) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    layout.entries().forEach(entry -> shapes.put(entry.name(), entry.shape()));
    return shapes;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void initialWeightsAreFiniteAndDependOnTheSeed(TestedNetwork network) {
    float[] weights = initialised(network);
    assertArrayEquals(weights, initialised(network));
    for (float weight : weights) {
      assertTrue(Float.isFinite(weight));
    }
  }

  private static float[] initialised(TestedNetwork network) {
    try (ParameterSet set =
        ParameterSet.initialised(
            network.layout(1), DataType.FLOAT, "network", new RandomStreams(3))) {
      return set.flat().data().asFloat();
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyTrainedParameterAffectsTheOutput(TestedNetwork network) {
    assertFalse(network.layout(1).entries().isEmpty());
    assertEquals(Set.of(), network.idleParameters(BATCH));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientsEqualDifferences(TestedNetwork network) {
    NumericalGradient.check(
        shape(),
        classes(),
        BATCH,
        dimensions(network),
        (p, in) ->
            NumericalGradient.weighted(p, network.forward(p, in), network.outputDimensions()));
  }

  static Map<String, long[]> dimensions(TestedNetwork network) {
    Map<String, long[]> dimensions = new LinkedHashMap<>();
    network.inputs().forEach((name, s) -> dimensions.put(name, dimensions(s)));
    return dimensions;
  }

  static long[] dimensions(DataShape shape) {
    return shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
  }
}
