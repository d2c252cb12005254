package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.NoiseSchedule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the contract of noise schedules. Extend it to test those of a plug-in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class NoiseScheduleContract {

  /** Returns the schedules to test, with few and with many steps. */
  protected abstract Stream<? extends NoiseSchedule> schedules();

  @ParameterizedTest
  @MethodSource("schedules")
  void returnsAVarianceNearZeroForTheDataAndOnePerStep(NoiseSchedule schedule) {
    double[] betas = schedule.betas();
    assertTrue(schedule.steps() >= 1);
    assertEquals(schedule.steps() + 1, betas.length);
    assertTrue(betas[0] <= 1e-4, "beta of the data is " + betas[0]);
    for (int t = 0; t < betas.length; t++) {
      assertTrue(betas[t] > 0 && betas[t] <= 1, "beta of step " + t + " is " + betas[t]);
    }
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void returnsACopyOfTheSameVariances(NoiseSchedule schedule) {
    double[] first = schedule.betas();
    double[] kept = first.clone();
    Arrays.fill(first, 0);
    assertArrayEquals(kept, schedule.betas());
  }
}
