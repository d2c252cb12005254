package io.ddgan.losses;

import io.ddgan.api.GradientPenalty;
import io.ddgan.api.GradientPenalty.Place;
import io.ddgan.api.Ramp;
import io.ddgan.contract.GradientPenaltyContract;
import java.util.stream.Stream;

class GradientPenaltyContractTest extends GradientPenaltyContract {

  @Override
  protected Stream<GradientPenalty> penalties() {
    return Stream.of(
        new R1Penalty(Ramp.constant(0.05), 15, Place.REAL),
        new R1Penalty(Ramp.cosine(1, 0), 1, Place.GENERATED),
        new WganPenalty(Ramp.constant(10), 1),
        new NoPenalty());
  }
}
