package io.ddgan.networks;

import io.ddgan.api.DataShape;
import io.ddgan.graph.CompiledPlan;
import io.ddgan.graph.Graph;
import io.ddgan.graph.ParameterLayout;
import io.ddgan.graph.ParameterSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

class GoldenGeneratorTest {

  static Stream<Arguments> generators() {
    return Stream.of(
        Arguments.of(
            "generator-default",
            new Ncsnpp(8, List.of(1, 2), 1, List.of(8), 12, 24, 2),
            DataShape.image(3, 16, 16)),
        Arguments.of(
            "generator-three-levels",
            new Ncsnpp(8, List.of(1, 2, 2), 2, List.of(16), 12, 24, 2),
            DataShape.image(1, 16, 16)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("generators")
  void equalsTheReferenceInItsOutputAndInAllGradients(
      String name, Ncsnpp generator, DataShape shape) {
    Golden golden = Golden.load(name);
    ParameterLayout layout =
        ParameterLayout.of(
            shape,
            1,
            p ->
                generator.forward(
                    p,
                    p.sameDiff().placeHolder("x", DataType.FLOAT, shape.batch(1)),
                    p.sameDiff().placeHolder("t", DataType.FLOAT, 1),
                    p.sameDiff().placeHolder("z", DataType.FLOAT, 1, 12)));
    Graph graph = new Graph(DataType.FLOAT, 4, shape);
    SDVariable x = graph.input("x", shape.batch(4));
    SDVariable t = graph.input("t", 4);
    SDVariable z = graph.input("z", 4, 12);
    SDVariable cotangent = graph.input("cotangent", shape.batch(4));
    SDVariable out = generator.forward(graph.network("G", layout), x, t, z);
    SDVariable objective = out.mul(cotangent).sum();

    try (ParameterSet weights = golden.parameters(layout);
        ParameterSet gradients = ParameterSet.zeros(layout, DataType.FLOAT);
        CompiledPlan plan =
            CompiledPlan.of(graph)
                .parameters("G", weights)
                .output("out", out)
                .gradients("G", objective, Set.of(), gradients)
                .build()) {
      plan.input("x").assign(golden.get("in.x"));
      plan.input("t").assign(golden.get("in.t"));
      plan.input("z").assign(golden.get("in.z"));
      plan.input("cotangent").assign(golden.get("cotangent"));
      plan.run();
      golden.assertClose("out", plan.output("out"));
      golden.assertClose("grad.", gradients);
    }
  }
}
