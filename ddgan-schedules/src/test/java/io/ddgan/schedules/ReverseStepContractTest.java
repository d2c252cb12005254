package io.ddgan.schedules;

import io.ddgan.api.ReverseStep;
import io.ddgan.contract.ReverseStepContract;
import java.util.stream.Stream;

class ReverseStepContractTest extends ReverseStepContract {

  @Override
  protected Stream<ReverseStep> reverseSteps() {
    return Stream.of(new PosteriorStep(), new NoiseStep(), new VelocityStep(), new DirectStep());
  }
}
