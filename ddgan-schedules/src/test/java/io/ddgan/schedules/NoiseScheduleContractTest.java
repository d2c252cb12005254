package io.ddgan.schedules;

import io.ddgan.api.NoiseSchedule;
import io.ddgan.contract.NoiseScheduleContract;
import java.util.stream.Stream;

class NoiseScheduleContractTest extends NoiseScheduleContract {

  @Override
  protected Stream<NoiseSchedule> schedules() {
    return Stream.of(1, 2, 4, 8, 1000)
        .flatMap(
            steps ->
                Stream.of(
                    new VpSchedule(steps, 0.1, 20),
                    new GeometricSchedule(steps, 0.01, 0.99),
                    new CosineSchedule(steps, 0.008, 0.999),
                    new LinearSchedule(steps, 1e-4, 0.02)));
  }
}
