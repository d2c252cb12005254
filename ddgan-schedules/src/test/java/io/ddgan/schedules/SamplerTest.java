package io.ddgan.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.NoiseSchedule;
import io.ddgan.api.Parameterization;
import io.ddgan.api.Parameterization.Coefficients;
import io.ddgan.api.Sampler;
import io.ddgan.api.Sampler.Step;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {

  private static final DiffusionProcess LONG =
      new GaussianDiffusion(new LinearSchedule(1000, 1e-4, 0.02));
  private static final DiffusionProcess SHORT = new GaussianDiffusion(new VpSchedule(4, 0.1, 20));
  private static final Parameterization NOISE = new EpsilonParameterization();

  static Stream<Sampler> longSamplers() {
    return Stream.of(
        new AncestralSampler(),
        new DdimSampler(1000, 1),
        new DdimSampler(1000, 0.5),
        new DdimSampler(200, 0),
        new PredictorCorrectorSampler(1, 0.16));
  }

  /** For Gaussian data the best denoiser is known, and with it the distribution of the samples. */
  @ParameterizedTest
  @MethodSource("longSamplers")
  void samplesOfTheBestDenoiserHaveMeanAndVarianceOfTheData(Sampler sampler) {
    double mean = 1.5;
    double variance = 0.25;
    double m = 0;
    double v = 1;
    for (Step evaluation : sampler.steps(LONG, NOISE)) {
      Scales scales = LONG.marginal(evaluation.t() + 1);
      double a = scales.signal();
      double s = scales.noise();
      // E[epsilon | x] = s (x - a mean) / (a^2 variance + s^2)
      double slope = s / (a * a * variance + s * s);
      double constant = -slope * a * mean;
      Coefficients next = evaluation.coefficients();
      double factor = next.output() * slope + next.xtp1();
      m = factor * m + next.output() * constant;
      v = factor * factor * v + next.noise() * next.noise();
    }
    assertEquals(mean, m, 0.02);
    assertEquals(variance, v, 0.02);
  }

  @Test
  void chainTakesEachStepOnceFromTheNoisiestOn() {
    List<Step> path = new AncestralSampler().steps(SHORT, NOISE);
    assertEquals(List.of(3, 2, 1, 0), times(path));
    for (Step evaluation : path) {
      assertEquals(NOISE.reverseStep(SHORT, evaluation.t()), evaluation.coefficients());
    }
  }

  @Test
  void ddimOverAllStepsWithFullNoiseIsAncestralSampling() {
    List<Step> chain = new AncestralSampler().steps(LONG, NOISE);
    List<Step> ddim = new DdimSampler(1000, 1).steps(LONG, NOISE);
    assertEquals(chain.size(), ddim.size());
    for (int i = 0; i < chain.size(); i++) {
      assertEquals(chain.get(i).t(), ddim.get(i).t());
      Coefficients expected = chain.get(i).coefficients();
      Coefficients actual = ddim.get(i).coefficients();
      assertEquals(expected.output(), actual.output(), 2e-3);
      assertEquals(expected.xtp1(), actual.xtp1(), 2e-3);
      assertEquals(expected.noise(), actual.noise(), 2e-3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 50, 333, 1000})
  void ddimTakesTheStepsAskedForEvenlySpacedFromTheNoisiest(int steps) {
    List<Step> path = new DdimSampler(steps, 0).steps(LONG, NOISE);
    assertEquals(steps, path.size());
    assertEquals(999, path.get(0).t());
    for (int i = 1; i < steps; i++) {
      int jump = path.get(i - 1).t() - path.get(i).t();
      assertTrue(Math.abs(jump - 1000.0 / steps) <= 1, "jump of " + jump);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 100})
  void ddimKeepsDataAndNoiseThatTheDenoiserKnows(int steps) {
    double data = -0.8;
    double epsilon = 0.6;
    Scales first = LONG.marginal(1000);
    double x = first.signal() * data + first.noise() * epsilon;
    for (Step evaluation : new DdimSampler(steps, 0).steps(LONG, NOISE)) {
      x = evaluation.coefficients().output() * epsilon + evaluation.coefficients().xtp1() * x;
    }
    assertEquals(data, x, 1e-4);
  }

  @Test
  void ddimWithMoreStepsThanTheScheduleIsAnError() {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> new DdimSampler(50, 0).steps(SHORT, NOISE));
    assertEquals("steps must be at most the 4 steps of the schedule, found 50", e.getMessage());
  }

  /** With T = 4 and two evaluations, from time 4 to 2 and from 2 to 0. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.7, 1})
  void ddimMixesTheEstimatesOfDataAndNoiseWithFreshNoise(double eta) {
    List<Step> path = new DdimSampler(2, eta).steps(SHORT, new X0Parameterization());
    assertEquals(List.of(3, 1), times(path));
    for (int i = 0; i < 2; i++) {
      Scales from = SHORT.marginal(4 - 2 * i);
      Scales to = SHORT.marginal(2 - 2 * i);
      double kept = from.signal() / to.signal();
      double fresh = eta * to.noise() / from.noise() * Math.sqrt(1 - kept * kept);
      double epsilon = Math.sqrt(to.noise() * to.noise() - fresh * fresh);
      // epsilon = (noisier - signal * data) / noise, where the output is the data
      Coefficients next = path.get(i).coefficients();
      assertEquals(to.signal() - epsilon * from.signal() / from.noise(), next.output(), 1e-9);
      assertEquals(epsilon / from.noise(), next.xtp1(), 1e-9);
      assertEquals(fresh, next.noise(), 1e-9);
    }
  }

  /** {@code x + length * score + sqrt(2 * length) * z}, where the output is the data. */
  @Test
  void aCorrectionIsAStepOfLangevinDynamicsAlongTheScore() {
    List<Step> path = new PredictorCorrectorSampler(2, 0.3).steps(SHORT, new X0Parameterization());
    assertEquals(List.of(3, 3, 3, 2, 2, 2, 1, 1, 1, 0, 0, 0), times(path));
    for (int t = 0; t < 4; t++) {
      Scales scales = SHORT.marginal(t + 1);
      double alpha = Math.pow(SHORT.transition(t + 1).signal(), 2);
      double length = 2 * alpha * Math.pow(0.3 * scales.noise(), 2);
      double variance = Math.pow(scales.noise(), 2);
      for (Step evaluation : path.subList(9 - 3 * t, 11 - 3 * t)) {
        Coefficients next = evaluation.coefficients();
        assertEquals(length * scales.signal() / variance, next.output(), 1e-9);
        assertEquals(1 - length / variance, next.xtp1(), 1e-9);
        assertEquals(Math.sqrt(2 * length), next.noise(), 1e-9);
      }
      assertEquals(
          new X0Parameterization().reverseStep(SHORT, t), path.get(11 - 3 * t).coefficients());
    }
  }

  private static List<Integer> times(List<Step> path) {
    return path.stream().map(Step::t).toList();
  }

  @Test
  void predictorCorrectorWithOneCorrectionTakesTwoThousandEvaluations() {
    assertEquals(2000, new PredictorCorrectorSampler(1, 0.16).steps(LONG, NOISE).size());
  }

  @ParameterizedTest
  @MethodSource
  void aGeneratorWithoutAnEstimateOfTheDataIsAnErrorThatSaysWhatToDo(Sampler sampler) {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> sampler.steps(LONG, new XtParameterization()));
    assertTrue(e.getMessage().contains("sampler.type = ancestral"), e.getMessage());
  }

  static Stream<Sampler> aGeneratorWithoutAnEstimateOfTheDataIsAnErrorThatSaysWhatToDo() {
    return longSamplers().filter(sampler -> !(sampler instanceof AncestralSampler));
  }

  @ParameterizedTest
  @MethodSource
  void aScheduleMayHaveThousandsOfSteps(NoiseSchedule schedule) {
    DiffusionProcess process = new GaussianDiffusion(schedule);
    assertEquals(4000, process.steps());
    List<Integer> times = times(new AncestralSampler().steps(process, new X0Parameterization()));
    assertEquals(IntStream.range(0, 4000).map(i -> 3999 - i).boxed().toList(), times);
  }

  static Stream<NoiseSchedule> aScheduleMayHaveThousandsOfSteps() {
    return Stream.of(
        new VpSchedule(4000, 0.1, 20),
        new CosineSchedule(4000, 0.008, 0.999),
        new LinearSchedule(4000, 1e-4, 0.02),
        new GeometricSchedule(4000, 0.01, 0.99));
  }
}
