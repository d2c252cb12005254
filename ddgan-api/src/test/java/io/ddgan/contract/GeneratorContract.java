package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.Generator;
import io.ddgan.api.Inputs;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Tests the contract of generators. Extend it to test those of a plug-in. */
public abstract class GeneratorContract extends NetworkContract {

  /** Returns the generators to test; small ones, because many derivatives are compared. */
  protected abstract Stream<? extends Generator> generators();

  @Override
  final Stream<TestedNetwork> networks() {
    return generators().map(this::network);
  }

  private TestedNetwork network(Generator generator) {
    Map<String, DataShape> inputs = new LinkedHashMap<>();
    inputs.put(Inputs.XTP1, shape());
    inputs.put(Inputs.LATENT, DataShape.point(generator.latentSize()));
    return new TestedNetwork(generator, shape(), classes(), inputs, shape().dimensions());
  }

  /** Samples must not depend on the batch size. */
  @ParameterizedTest
  @MethodSource("networks")
  void examplesDependOnlyOnTheirInputs(TestedNetwork network) {
    assertTrue(((Generator) network.network()).latentSize() >= 1);
    double[] together = network.run(DataType.DOUBLE, 0, BATCH).data().asDouble();
    int size = shape().size();
    for (int i = 0; i < BATCH; i++) {
      assertArrayEquals(
          network.run(DataType.DOUBLE, i, 1).data().asDouble(),
          Arrays.copyOfRange(together, i * size, (i + 1) * size),
          1e-9);
    }
  }
}
