package io.ddgan.networks;

import io.ddgan.api.DataShape;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Inputs;
import io.ddgan.contract.TestedEngine;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.ForwardMode;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.internal.graph.ReverseMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

class GoldenDiscriminatorTest {

  static Stream<Arguments> discriminators() {
    return Stream.of(
        Arguments.of(
            "discriminator-small",
            new SmallDiscriminator(4, 16, 0, false),
            DataShape.image(3, 16, 16),
            8),
        Arguments.of(
            "discriminator-large",
            new LargeDiscriminator(4, 16, 0, false),
            DataShape.image(3, 64, 64),
            4));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("discriminators")
  void equalsTheReferenceInLogitsGradientsAndTheGradientOfR1(
      String name, Discriminator discriminator, DataShape shape, int batch) {
    Golden golden = Golden.load(name);
    ParameterLayout layout =
        ParameterLayout.of(
            shape,
            1,
            p ->
                discriminator.forward(
                    p,
                    inputs(
                        p.sameDiff().placeHolder("x", DataType.FLOAT, shape.batch(1)),
                        p.sameDiff().placeHolder("t", DataType.FLOAT, 1),
                        p.sameDiff().placeHolder("xt", DataType.FLOAT, shape.batch(1)))));
    Graph graph = new Graph(DataType.FLOAT, batch, shape);
    SameDiff sd = graph.sameDiff();
    SDVariable x = graph.input("x", shape.batch(batch));
    SDVariable t = graph.input("t", batch);
    SDVariable xtp1 = graph.input("xt", shape.batch(batch));
    SDVariable out = discriminator.forward(graph.network("D", layout), inputs(x, t, xtp1));
    SDVariable loss = sd.nn().softplus(out.neg()).mean();

    ReverseMode reverse = new ReverseMode(sd);
    SDVariable inputGradient = reverse.gradients(out.sum(), List.of(x), Set.of()).get(x);
    SDVariable r1 = sd.math().square(inputGradient).sum().div(batch);
    SDVariable direction =
        reverse.gradients(r1, List.of(inputGradient), Set.of()).get(inputGradient);
    SDVariable surrogate = new ForwardMode(sd, Map.of()).product(out, x, direction, Set.of()).sum();

    try (ParameterSet weights = golden.parameters(layout, DataType.FLOAT);
        ParameterSet lossGradients = ParameterSet.zeros(layout, DataType.FLOAT);
        ParameterSet penaltyGradients = ParameterSet.zeros(layout, DataType.FLOAT);
        CompiledPlan plan =
            CompiledPlan.of(graph)
                .on(TestedEngine.get())
                .parameters("D", weights)
                .output("out", out)
                .output("loss", loss)
                .output("grad_x_of_sum", inputGradient)
                .output("r1", r1)
                .gradients("D", loss, Set.of(), lossGradients)
                .gradients("D", surrogate, Set.of(direction), penaltyGradients)
                .build()) {
      for (String input : List.of("x", "t", "xt")) {
        plan.input(input).assign(golden.get("in." + input));
      }
      plan.run();
      for (String output : List.of("out", "loss", "grad_x_of_sum", "r1")) {
        golden.assertClose(output, plan.output(output));
      }
      golden.assertClose("grad_loss.", lossGradients, 1);
      golden.assertClose("grad_r1.", penaltyGradients, 1);
    }
  }

  private static Inputs inputs(SDVariable x, SDVariable t, SDVariable xtp1) {
    return Inputs.none().with(Inputs.XT, x).with(Inputs.TIME, t).with(Inputs.XTP1, xtp1);
  }
}
