package io.ddgan.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.DataShape;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The discriminators' second head beside the discriminators themselves. */
class DenoisingHeadTest {

  private static final int BATCH = 4;

  static Stream<Arguments> discriminators() {
    return Stream.of(
        Arguments.of(new MlpDiscriminator(7, 2, 4, true), DataShape.point(2)),
        Arguments.of(new SmallDiscriminator(1, 4, 1, true), DataShape.image(2, 8, 16)),
        Arguments.of(new LargeDiscriminator(1, 4, 1, false), DataShape.image(1, 64, 64)));
  }

  @ParameterizedTest
  @MethodSource("discriminators")
  void givesTheSameLogitsWithTheSameWeightsAndAnExampleBesides(
      Discriminator discriminator, DataShape shape) {
    Network both = discriminator.withDenoisingHead().orElseThrow();
    ParameterLayout layout = layout(both, shape);
    Set<String> names = names(layout);
    Set<String> shared = names(layout(discriminator, shape));
    assertEquals(shared, shared.stream().filter(names::contains).collect(Collectors.toSet()));
    try (ParameterSet weights = ParameterSet.zeros(layout, DataType.DOUBLE)) {
      fill(weights);
      INDArray logits = run(discriminator, shape, weights);
      INDArray rows = run(both, shape, weights);
      assertArrayEquals(new long[] {BATCH, 1 + shape.size()}, rows.shape());
      assertArrayEquals(logits.toDoubleVector(), rows.getColumn(0).dup().toDoubleVector(), 1e-9);
    }
  }

  @ParameterizedTest
  @MethodSource("discriminators")
  void estimatesByParametersThatAllCount(Discriminator discriminator, DataShape shape) {
    Network both = discriminator.withDenoisingHead().orElseThrow();
    ParameterLayout layout = layout(both, shape);
    Graph graph = new Graph(DataType.DOUBLE, BATCH, shape, 3, false);
    SDVariable rows = both.forward(graph.network("network", layout), inputs(graph));
    SDVariable loss = graph.sameDiff().math().square(rows.add(1)).sum();
    try (ParameterSet weights = ParameterSet.zeros(layout, DataType.DOUBLE);
        ParameterSet gradient = ParameterSet.zeros(layout, DataType.DOUBLE);
        CompiledPlan plan =
            CompiledPlan.of(graph)
                .parameters("network", weights)
                .gradients("network", loss, Set.of(), gradient)
                .build()) {
      fill(weights);
      plan.run();
      Set<String> idle = new LinkedHashSet<>(names(layout));
      idle.removeIf(name -> gradient.view(name).amaxNumber().doubleValue() > 0);
      assertEquals(Set.of(), idle);
    }
  }

  private static INDArray run(Network network, DataShape shape, ParameterSet weights) {
    Graph graph = new Graph(DataType.DOUBLE, BATCH, shape, 3, false);
    SDVariable output = network.forward(graph.network("network", weights.layout()), inputs(graph));
    try (CompiledPlan plan =
        CompiledPlan.of(graph).parameters("network", weights).output("y", output).build()) {
      plan.run();
      return plan.output("y").dup('c');
    }
  }

  private static ParameterLayout layout(Network network, DataShape shape) {
    Graph graph = new Graph(DataType.DOUBLE, BATCH, shape, 3, false);
    SDVariable unused = network.forward(graph.declare("network"), inputs(graph));
    return graph.declared().get("network");
  }

  private static Set<String> names(ParameterLayout layout) {
    return layout.entries().stream().map(ParameterLayout.Entry::name).collect(Collectors.toSet());
  }

  private static Inputs inputs(Graph graph) {
    long[] shape = graph.shape().batch(BATCH);
    return Inputs.none()
        .with(Inputs.XT, constant(graph, 1, shape))
        .with(Inputs.XTP1, constant(graph, 2, shape))
        .with(Inputs.TIME, constant(graph, 3, BATCH))
        .with(Inputs.LABEL, constant(graph, 4, BATCH, 3));
  }

  private static SDVariable constant(Graph graph, double phase, long... shape) {
    double[] values = new double[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    Arrays.setAll(values, i -> Math.sin(phase + 0.7 * i));
    return graph.sameDiff().constant(Nd4j.createFromArray(values).reshape(shape));
  }

  private static void fill(ParameterSet weights) {
    for (long i = 0; i < weights.flat().length(); i++) {
      weights.flat().putScalar(i, Math.sin(1.3 * i));
    }
  }
}
