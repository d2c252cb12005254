package io.ddgan.schedules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.NoiseSchedule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Schedules that the authors' implementation does not have. */
class NoiseScheduleTest {

  static Stream<NoiseSchedule> schedules() {
    return Stream.of(1, 2, 4, 8, 1000)
        .flatMap(
            steps ->
                Stream.of(
                    new CosineSchedule(steps, 0.008, 0.999),
                    new LinearSchedule(steps, 1e-4, 0.02)));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void giveAVarianceForTheDataAndForEachStepNoneSmallerThanTheOneBefore(NoiseSchedule schedule) {
    double[] betas = schedule.betas();
    assertEquals(schedule.steps() + 1, betas.length);
    assertEquals(1e-8, betas[0]);
    for (int t = 1; t < betas.length; t++) {
      assertTrue(betas[t] >= betas[t - 1], "step " + t);
    }
    assertEquals(schedule.steps(), new GaussianDiffusion(schedule).steps());
  }

  @Test
  void theCosineSchedulesSignalIsASquaredCosine() {
    double[] betas = new CosineSchedule(4, 0, 0.999).betas();
    double signal = 1;
    for (int t = 1; t <= 3; t++) {
      signal *= 1 - betas[t];
      assertEquals(Math.pow(Math.cos(t * Math.PI / 8), 2), signal, 1e-12);
    }
    assertEquals(0.999, betas[4], "the last is cut off");
  }

  @Test
  void theLinearSchedulesVariancesAreEquallyFarFromEachOther() {
    double[] betas = new LinearSchedule(4, 0.1, 0.4).betas();
    assertArrayEquals(new double[] {1e-8, 0.1, 0.2, 0.3, 0.4}, betas, 1e-12);
    assertArrayEquals(new double[] {1e-8, 0.4}, new LinearSchedule(1, 0.1, 0.4).betas(), 1e-12);
    assertArrayEquals(
        new double[] {1e-8, 0.3, 0.3}, new LinearSchedule(2, 0.3, 0.3).betas(), 1e-12);
  }

  @Test
  void theNoiseOfASchedulesEndIsNoLessThanThatOfItsBeginning() {
    assertRefused(
        "beta-start must not be greater than beta-end, found 0.2 and 0.1",
        () -> new LinearSchedule(4, 0.2, 0.1));
    assertRefused(
        "beta-min must not be greater than beta-max, found 20.0 and 0.1",
        () -> new VpSchedule(4, 20, 0.1));
    assertRefused(
        "variance-min must be less than variance-max, found 0.5 and 0.5",
        () -> new GeometricSchedule(4, 0.5, 0.5));
  }

  /** Time begins at 0.001, so that two steps take 0.4995 each. */
  @Test
  void aVariancePreservingScheduleMayAddNoiseAtASingleRate() {
    double beta = 1 - Math.exp(-2 * 0.4995);
    assertArrayEquals(new double[] {1e-8, beta, beta}, new VpSchedule(2, 2, 2).betas(), 1e-12);
  }

  private static void assertRefused(String message, Executable schedule) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, schedule).getMessage());
  }

  /** About 4e-5 of the data's variance is left in DDPM's last step. */
  @Test
  void theDefaultsOfDdpmEndInNoise() {
    double signal = 1;
    double[] betas = new LinearSchedule(1000, 1e-4, 0.02).betas();
    for (double beta : betas) {
      signal *= 1 - beta;
    }
    assertEquals(4.0e-5, signal, 0.1e-5);
  }
}
