package io.ddgan.schedules;

import io.ddgan.api.Sampler;
import io.ddgan.contract.SamplerContract;
import java.util.stream.Stream;

class SamplerContractTest extends SamplerContract {

  @Override
  protected Stream<Sampler> samplers() {
    return Stream.of(
        new AncestralSampler(),
        new DdimSampler(10, 0),
        new DdimSampler(STEPS, 0.5),
        new DdimSampler(STEPS, 1),
        new PredictorCorrectorSampler(1, 0.16));
  }
}
