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

/** What every noise schedule keeps to. A plug-in tests its own by a subclass that names them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class NoiseScheduleContract {

  /** The schedules that are tested, with few and with many steps. */
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
