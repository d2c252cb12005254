package io.ddgan.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.ReverseStep;
import io.ddgan.api.ReverseStep.Coefficients;
import io.ddgan.api.Sampler;
import io.ddgan.api.Sampler.Evaluation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {

  private static final DiffusionProcess LONG = new GaussianDiffusion(new Linear(1000, 1e-4, 0.02));
  private static final DiffusionProcess SHORT =
      new GaussianDiffusion(new VariancePreserving(4, 0.1, 20));
  private static final ReverseStep NOISE = new NoiseStep();

  static Stream<Sampler> longSamplers() {
    return Stream.of(
        new ChainSampler(),
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
    for (Evaluation evaluation : sampler.path(LONG, NOISE)) {
      Scales scales = LONG.fromData(evaluation.t() + 1);
      double a = scales.signal();
      double s = scales.noise();
      // E[epsilon | x] = s (x - a mean) / (a^2 variance + s^2)
      double slope = s / (a * a * variance + s * s);
      double constant = -slope * a * mean;
      Coefficients next = evaluation.next();
      double factor = next.output() * slope + next.noisier();
      m = factor * m + next.output() * constant;
      v = factor * factor * v + next.noise() * next.noise();
    }
    assertEquals(mean, m, 0.02);
    assertEquals(variance, v, 0.02);
  }

  @Test
  void chainTakesEachStepOnceFromTheNoisiestOn() {
    List<Evaluation> path = new ChainSampler().path(SHORT, NOISE);
    assertEquals(List.of(3, 2, 1, 0), path.stream().map(Evaluation::t).toList());
    for (Evaluation evaluation : path) {
      assertEquals(NOISE.at(SHORT, evaluation.t()), evaluation.next());
    }
  }

  @Test
  void ddimOverAllStepsWithFullNoiseIsAncestralSampling() {
    List<Evaluation> chain = new ChainSampler().path(LONG, NOISE);
    List<Evaluation> ddim = new DdimSampler(1000, 1).path(LONG, NOISE);
    assertEquals(chain.size(), ddim.size());
    for (int i = 0; i < chain.size(); i++) {
      assertEquals(chain.get(i).t(), ddim.get(i).t());
      Coefficients expected = chain.get(i).next();
      Coefficients actual = ddim.get(i).next();
      assertEquals(expected.output(), actual.output(), 2e-3);
      assertEquals(expected.noisier(), actual.noisier(), 2e-3);
      assertEquals(expected.noise(), actual.noise(), 2e-3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 50, 333, 1000})
  void ddimTakesTheStepsAskedForEvenlySpacedFromTheNoisiest(int steps) {
    List<Evaluation> path = new DdimSampler(steps, 0).path(LONG, NOISE);
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
    Scales first = LONG.fromData(1000);
    double x = first.signal() * data + first.noise() * epsilon;
    for (Evaluation evaluation : new DdimSampler(steps, 0).path(LONG, NOISE)) {
      x = evaluation.next().output() * epsilon + evaluation.next().noisier() * x;
    }
    assertEquals(data, x, 1e-4);
  }

  @Test
  void ddimWithMoreStepsThanTheScheduleIsAnError() {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> new DdimSampler(50, 0).path(SHORT, NOISE));
    assertEquals(
        "sampler.steps must be at most the 4 steps of the schedule, found 50", e.getMessage());
  }

  @Test
  void predictorCorrectorWithOneCorrectionTakesTwoThousandEvaluations() {
    assertEquals(2000, new PredictorCorrectorSampler(1, 0.16).path(LONG, NOISE).size());
  }

  @ParameterizedTest
  @MethodSource("longSamplers")
  void aGeneratorWithoutAnEstimateOfTheDataIsAnErrorThatSaysWhatToDo(Sampler sampler) {
    if (sampler instanceof ChainSampler) {
      return;
    }
    var e =
        assertThrows(IllegalArgumentException.class, () -> sampler.path(LONG, new DirectStep()));
    assertTrue(e.getMessage().contains("sampler.type = chain"), e.getMessage());
  }
}
