package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Representation;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** Tests the contract of representations. Extend it to test those of a plug-in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RepresentationContract {

  private static final int EXAMPLES = 20;

  /** Rounding errors of a few sums of numbers in [-1, 1] in single precision. */
  private static final double ROUNDING = 1e-5;

  /** Returns the representations to test. */
  protected abstract Stream<? extends Representation> representations();

  /** Returns a shape of data that all of them support. */
  protected abstract DataShape shape();

  @ParameterizedTest
  @MethodSource("representations")
  void decodesWhatItEncodesAndKeepsItsArguments(Representation representation) {
    float[][] parallel =
        IntStream.range(0, EXAMPLES)
            .parallel()
            .mapToObj(i -> representation.encode(shape(), example(i)))
            .toArray(float[][]::new);
    for (int i = EXAMPLES - 1; i >= 0; i--) {
      float[] example = example(i);
      float[] encoded = representation.encode(shape(), example);
      assertArrayEquals(parallel[i], encoded, "example " + i + " in many threads");
      float[] copy = encoded.clone();
      float[] decoded = representation.decode(shape(), encoded);
      assertEquals(representation.encodedShape(shape()).size(), encoded.length);
      assertArrayEquals(example(i), decoded, (float) ROUNDING, "example " + i);
      assertNotSame(example, encoded);
      assertNotSame(encoded, decoded);
      assertArrayEquals(example(i), example);
      assertArrayEquals(copy, encoded);
    }
  }

  @ParameterizedTest
  @MethodSource("representations")
  void decodesAnyGeneratorOutputToFiniteNumbers(Representation representation) {
    int size = representation.encodedShape(shape()).size();
    for (int i = 0; i < EXAMPLES; i++) {
      float[] generated = floats(Draws.normal("generated/" + i, 1, size, 0, 1));
      for (float value : representation.decode(shape(), generated)) {
        assertTrue(Float.isFinite(value), "is " + value);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("representations")
  void decodesEquallyWithinAGraph(Representation representation) {
    DataShape encoded = representation.encodedShape(shape());
    Graph graph = new Graph(DataType.FLOAT, 2, encoded);
    SDVariable input = graph.input("encoded", encoded.batch(2));
    Optional<SDVariable> decoded = representation.decode(shape(), input, 2);
    assumeTrue(decoded.isPresent(), "it cannot");
    float[] examples = floats(Draws.normal("generated", 1, 2 * encoded.size(), 0, 1));
    float[] inGraph;
    try (CompiledPlan plan =
        CompiledPlan.of(graph).output("decoded", decoded.get().add(0)).build()) {
      assertArrayEquals(shape().batch(2), plan.shape("decoded"));
      plan.set("encoded", examples);
      plan.run();
      inGraph = plan.get("decoded");
    }
    for (int i = 0; i < 2; i++) {
      int size = encoded.size();
      float[] one = Arrays.copyOfRange(examples, i * size, (i + 1) * size);
      assertArrayEquals(
          representation.decode(shape(), one),
          Arrays.copyOfRange(inGraph, i * shape().size(), (i + 1) * shape().size()),
          (float) ROUNDING);
    }
  }

  @ParameterizedTest
  @MethodSource("representations")
  void refusesUnsupportedShapesWithAReason(Representation representation) {
    for (DataShape data :
        new DataShape[] {
          DataShape.point(1), DataShape.point(3), DataShape.image(1, 1, 1), DataShape.image(3, 5, 7)
        }) {
      try {
        assertTrue(representation.encodedShape(data).size() > 0);
      } catch (RefusedException e) {
        assertFalse(e.getMessage().isBlank());
      }
    }
  }

  private float[] example(int index) {
    return floats(Draws.uniform("example/" + index, 1, shape().size()));
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
