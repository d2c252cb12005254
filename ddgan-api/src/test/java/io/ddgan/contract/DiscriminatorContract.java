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

/** What every discriminator keeps to. A plug-in tests its own by a subclass that names them. */
public abstract class DiscriminatorContract extends NetworkContract {

  /** The discriminators that are tested, small ones: many derivatives are compared. */
  protected abstract Stream<? extends Discriminator> discriminators();

  /** The forward-mode rules that the plug-in adds, by the operation's name. */
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
