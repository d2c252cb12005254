package io.ddgan.contract;

import io.ddgan.api.DataShape;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Inputs;
import io.ddgan.api.TangentRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;

/** Tests the contract of discriminators. Extend it to test those of a plug-in. */
public abstract class DiscriminatorContract extends NetworkContract {

  /** Returns the discriminators to test; small ones, because many derivatives are compared. */
  protected abstract Stream<? extends Discriminator> discriminators();

  /** Returns the forward-mode rules of the plug-in, by operation. */
  protected Map<String, TangentRule> tangentRules() {
    return Map.of();
  }

  @Override
  final Stream<TestedNetwork> networks() {
    return discriminators().map(this::network);
  }

  private TestedNetwork network(Discriminator discriminator) {
    Map<String, DataShape> inputs = new LinkedHashMap<>();
    inputs.put(Inputs.XT, shape());
    inputs.put(Inputs.XTP1, shape());
    return new TestedNetwork(discriminator, shape(), classes(), inputs, List.of());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void penaltiesOnTheGradientHaveCorrectGradients(TestedNetwork network) {
    NumericalGradient.checkParameters(
        shape(),
        classes(),
        BATCH,
        dimensions(network),
        (p, in) -> {
          SDVariable x = in.get(Inputs.XT);
          return NumericalGradient.penalty(p, network.forward(p, in), x, tangentRules());
        });
  }
}
