package io.ddgan.schedules;

import io.ddgan.api.Parameterization;
import io.ddgan.contract.ReverseStepContract;
import java.util.stream.Stream;

class ReverseStepContractTest extends ReverseStepContract {

  @Override
  protected Stream<Parameterization> reverseSteps() {
    return Stream.of(new PosteriorStep(), new NoiseStep(), new VelocityStep(), new DirectStep());
  }
}
