package io.ddgan.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.ddgan.api.DataShape;
import io.ddgan.api.Inputs;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class TimeScaleTest {

  @Test
  void aNetworkOfFewStepsTakesTheirTimesForThoseOfMany() {
    assertArrayEquals(
        output(TimeScale.NONE, 249, 499, 749, 999),
        output(new TimeScale(250, 249), 0, 1, 2, 3),
        1e-9);
  }

  private static double[] output(TimeScale scale, double... times) {
    MlpGenerator generator = new MlpGenerator(6, 2, 3, 8, scale, false);
    ParameterLayout layout = declared(generator, times);
    Graph graph = graph();
    SDVariable output = generator.forward(graph.network("network", layout), inputs(graph, times));
    try (ParameterSet weights = ParameterSet.zeros(layout, DataType.DOUBLE)) {
      for (long i = 0; i < weights.flat().length(); i++) {
        weights.flat().putScalar(i, Math.sin(1.3 * i));
      }
      try (CompiledPlan plan =
          CompiledPlan.of(graph).parameters("network", weights).output("y", output).build()) {
        plan.run();
        return plan.output("y").dup('c').data().asDouble();
      }
    }
  }

  private static ParameterLayout declared(MlpGenerator generator, double... times) {
    Graph graph = graph();
    SDVariable unused = generator.forward(graph.declare("network"), inputs(graph, times));
    return graph.declared().get("network");
  }

  private static Graph graph() {
    return new Graph(DataType.DOUBLE, 4, DataShape.point(2), 0, false);
  }

  private static Inputs inputs(Graph graph, double... times) {
    var sd = graph.sameDiff();
    return Inputs.none()
        .with(Inputs.XTP1, sd.constant(Nd4j.ones(DataType.DOUBLE, 4, 2)))
        .with(Inputs.LATENT, sd.constant(Nd4j.ones(DataType.DOUBLE, 4, 3)))
        .with(Inputs.TIME, sd.constant(Nd4j.createFromArray(times)));
  }
}
