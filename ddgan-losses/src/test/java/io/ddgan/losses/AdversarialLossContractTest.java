package io.ddgan.losses;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.contract.AdversarialLossContract;
import java.util.stream.Stream;

class AdversarialLossContractTest extends AdversarialLossContract {

  @Override
  protected Stream<? extends AdversarialLoss> losses() {
    return PlanAndSessionTest.losses();
  }
}
