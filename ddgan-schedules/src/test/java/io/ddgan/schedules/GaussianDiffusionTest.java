package io.ddgan.schedules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Posterior;
import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.NoiseSchedule;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the schedules and the process against numbers of the authors' implementation. */
class GaussianDiffusionTest {

  private static final double TOLERANCE = 1e-6;

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void betasAgreeWithTheAuthors(String name, NoiseSchedule schedule, Config golden) {
    assertAgree(golden, "betas", schedule.steps() + 1, t -> schedule.betas()[t]);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void forwardProcessAgreesWithTheAuthors(String name, NoiseSchedule schedule, Config golden) {
    DiffusionProcess process = new GaussianDiffusion(schedule);
    int times = process.steps() + 1;
    assertAgree(golden, "a_s", times, t -> process.transition(t).signal());
    assertAgree(golden, "sigmas", times, t -> process.transition(t).noise());
    assertAgree(golden, "a_s_cum", times, t -> process.marginal(t).signal());
    assertAgree(golden, "sigmas_cum", times, t -> process.marginal(t).noise());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void posteriorAgreesWithTheAuthors(String name, NoiseSchedule schedule, Config golden) {
    DiffusionProcess process = new GaussianDiffusion(schedule);
    int steps = process.steps();
    assertAgree(golden, "posterior_mean_coef1", steps, t -> process.posterior(t).data());
    assertAgree(golden, "posterior_mean_coef2", steps, t -> process.posterior(t).xtp1());
    assertAgree(golden, "posterior_variance", steps, t -> Math.pow(process.posterior(t).std(), 2));
    assertAgree(
        golden,
        "posterior_log_variance_clipped",
        steps,
        t -> Math.log(Math.max(Math.pow(process.posterior(t).std(), 2), 1e-20)));
  }

  /**
   * With the true x_0, a posterior step must lead from the distribution of x_{t+1} to that of x_t.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void posteriorStepUndoesTheForwardStep(String name, NoiseSchedule schedule, Config golden) {
    DiffusionProcess process = new GaussianDiffusion(schedule);
    for (int t = 0; t < process.steps(); t++) {
      Posterior posterior = process.posterior(t);
      Scales after = process.marginal(t + 1);
      Scales before = process.marginal(t);
      double signal = posterior.data() + posterior.xtp1() * after.signal();
      double noise = Math.hypot(posterior.xtp1() * after.noise(), posterior.std());
      assertEquals(before.signal(), signal, 1e-5);
      assertEquals(before.noise(), noise, 1e-5);
    }
  }

  @Test
  void stepZeroOfThePosteriorReturnsTheDataWithoutNoise() {
    Posterior last = new GaussianDiffusion(new VpSchedule(4, 0.1, 20)).posterior(0);
    assertEquals(1, last.data(), TOLERANCE);
    assertEquals(0, last.xtp1());
    assertEquals(0, last.std());
  }

  @Test
  void refusesSchedulesWithoutAVarianceForEachStep() {
    assertRefused(
        "a schedule of 3 steps must give 4 betas, not 2", schedule(3, new double[] {1e-8, 0.5}));
    for (double beta : new double[] {1.5, 0}) {
      assertRefused(
          "beta of step 1 must be in (0, 1], found " + beta,
          schedule(1, new double[] {1e-8, beta}));
    }
  }

  @Test
  void aStepMayLeaveNothingButNoise() {
    DiffusionProcess process = new GaussianDiffusion(schedule(1, new double[] {1e-8, 1}));
    assertEquals(new Scales(0, 1), process.marginal(1));
    assertEquals(new Scales(0, 1), process.transition(1));
  }

  private static void assertRefused(String message, NoiseSchedule schedule) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> new GaussianDiffusion(schedule))
            .getMessage());
  }

  private static NoiseSchedule schedule(int steps, double[] betas) {
    return new NoiseSchedule() {
      @Override
      public int steps() {
        return steps;
      }

      @Override
      public double[] betas() {
        return betas;
      }
    };
  }

  static Stream<Arguments> cases() {
    Config golden = ConfigFactory.parseResources("golden/schedules.json");
    return Stream.of(1, 2, 3, 4, 8)
        .flatMap(
            steps ->
                Stream.of(
                    arguments(golden, "vp-" + steps, new VpSchedule(steps, 0.1, 20)),
                    arguments(
                        golden, "geometric-" + steps, new GeometricSchedule(steps, 0.01, 0.99))));
  }

  private static Arguments arguments(Config golden, String name, NoiseSchedule schedule) {
    return Arguments.of(name, schedule, golden.getConfig(name));
  }

  private static void assertAgree(
      Config golden, String key, int count, IntToDoubleFunction actual) {
    double[] expected = golden.getDoubleList(key).stream().mapToDouble(d -> d).toArray();
    double[] ratios = IntStream.range(0, count).mapToDouble(actual).toArray();
    assertEquals(expected.length, count, key);
    double[] ones = new double[count];
    for (int t = 0; t < count; t++) {
      ones[t] = expected[t] == 0 ? 0 : 1;
      ratios[t] = expected[t] == 0 ? ratios[t] : ratios[t] / expected[t];
    }
    assertArrayEquals(ones, ratios, TOLERANCE, key);
  }
}
