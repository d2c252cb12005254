package io.ddgan.losses;

import io.ddgan.api.GradientPenalty;
import io.ddgan.contract.GradientPenaltyContract;
import java.util.stream.Stream;

class GradientPenaltyContractTest extends GradientPenaltyContract {

  @Override
  protected Stream<GradientPenalty> penalties() {
    return Stream.of(
        new R1Penalty(0.05, 15), new R1Penalty(1, 1), new WganPenalty(10, 1), new NoPenalty());
  }
}
