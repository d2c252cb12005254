package io.ddgan.schedules;

import io.ddgan.api.Parameterization;
import io.ddgan.contract.ParameterizationContract;
import java.util.stream.Stream;

class ParameterizationContractTest extends ParameterizationContract {

  @Override
  protected Stream<Parameterization> reverseSteps() {
    return Stream.of(
        new X0Parameterization(),
        new EpsilonParameterization(),
        new VParameterization(),
        new XtParameterization());
  }
}
