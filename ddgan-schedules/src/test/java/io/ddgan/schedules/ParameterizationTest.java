package io.ddgan.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.Parameterization;
import io.ddgan.api.Parameterization.Coefficients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterizationTest {

  private final DiffusionProcess process = new GaussianDiffusion(new VpSchedule(4, 0.1, 20));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void whateverTheGeneratorGivesIfItIsTrueTheStepIsThatOfTheTrueData(int t) {
    double data = 0.3;
    double epsilon = -1.7;
    Scales scales = process.marginal(t + 1);
    double xtp1 = scales.signal() * data + scales.noise() * epsilon;
    double velocity = scales.signal() * epsilon - scales.noise() * data;

    Coefficients posterior = new X0Parameterization().reverseStep(process, t);
    Coefficients byNoise = new EpsilonParameterization().reverseStep(process, t);
    Coefficients byVelocity = new VParameterization().reverseStep(process, t);

    assertEquals(apply(posterior, data, xtp1), apply(byNoise, epsilon, xtp1), 1e-6);
    assertEquals(apply(posterior, data, xtp1), apply(byVelocity, velocity, xtp1), 1e-6);
    assertEquals(posterior.noise(), byNoise.noise());
    assertEquals(posterior.noise(), byVelocity.noise());
  }

  @Test
  void theErrorOfAVelocityIsNotMultipliedWhereNothingIsLeftOfTheData() {
    var nothingLeft = new GaussianDiffusion(new CosineSchedule(1000, 0.008, 0.999));
    double noise = new EpsilonParameterization().data(nothingLeft, 999).orElseThrow().output();
    double velocity = new VParameterization().data(nothingLeft, 999).orElseThrow().output();
    assertTrue(Math.abs(noise) > 1000, "of the noise: " + noise);
    assertEquals(-1, velocity, 1e-6);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void directStepIsTheOutput(int t) {
    assertEquals(new Coefficients(1, 0, 0), new XtParameterization().reverseStep(process, t));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void estimatesOfDataAndNoiseAreThoseThatTheOutputSays(int t) {
    double data = 0.3;
    double epsilon = -1.7;
    Scales scales = process.marginal(t + 1);
    double xtp1 = scales.signal() * data + scales.noise() * epsilon;

    Parameterization step = new X0Parameterization();
    assertEquals(data, apply(step.data(process, t).orElseThrow(), data, xtp1), 1e-9);
    assertEquals(epsilon, apply(step.epsilon(process, t).orElseThrow(), data, xtp1), 1e-6);

    Parameterization noise = new EpsilonParameterization();
    assertEquals(data, apply(noise.data(process, t).orElseThrow(), epsilon, xtp1), 1e-6);
    assertEquals(epsilon, apply(noise.epsilon(process, t).orElseThrow(), epsilon, xtp1), 1e-9);

    double v = scales.signal() * epsilon - scales.noise() * data;
    Parameterization velocity = new VParameterization();
    assertEquals(data, apply(velocity.data(process, t).orElseThrow(), v, xtp1), 1e-6);
    assertEquals(epsilon, apply(velocity.epsilon(process, t).orElseThrow(), v, xtp1), 1e-6);
  }

  private static double apply(Coefficients coefficients, double output, double xtp1) {
    return coefficients.output() * output + coefficients.xtp1() * xtp1;
  }
}
