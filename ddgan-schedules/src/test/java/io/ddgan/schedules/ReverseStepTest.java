package io.ddgan.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.ReverseStep;
import io.ddgan.api.ReverseStep.Coefficients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReverseStepTest {

  private final DiffusionProcess process =
      new GaussianDiffusion(new VariancePreserving(4, 0.1, 20));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void whateverTheGeneratorGivesIfItIsTrueTheStepIsThatOfTheTrueData(int t) {
    double data = 0.3;
    double epsilon = -1.7;
    Scales scales = process.fromData(t + 1);
    double noisier = scales.signal() * data + scales.noise() * epsilon;
    double velocity = scales.signal() * epsilon - scales.noise() * data;

    Coefficients posterior = new PosteriorStep().at(process, t);
    Coefficients byNoise = new NoiseStep().at(process, t);
    Coefficients byVelocity = new VelocityStep().at(process, t);

    assertEquals(apply(posterior, data, noisier), apply(byNoise, epsilon, noisier), 1e-6);
    assertEquals(apply(posterior, data, noisier), apply(byVelocity, velocity, noisier), 1e-6);
    assertEquals(posterior.noise(), byNoise.noise());
    assertEquals(posterior.noise(), byVelocity.noise());
  }

  @Test
  void theErrorOfAVelocityIsNotMultipliedWhereNothingIsLeftOfTheData() {
    var nothingLeft = new GaussianDiffusion(new Cosine(1000, 0.008, 0.999));
    double noise = new NoiseStep().data(nothingLeft, 999).orElseThrow().output();
    double velocity = new VelocityStep().data(nothingLeft, 999).orElseThrow().output();
    assertTrue(Math.abs(noise) > 1000, "of the noise: " + noise);
    assertEquals(-1, velocity, 1e-6);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void directStepIsTheOutput(int t) {
    assertEquals(new Coefficients(1, 0, 0), new DirectStep().at(process, t));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void estimatesOfDataAndNoiseAreThoseThatTheOutputSays(int t) {
    double data = 0.3;
    double epsilon = -1.7;
    Scales scales = process.fromData(t + 1);
    double noisier = scales.signal() * data + scales.noise() * epsilon;

    ReverseStep step = new PosteriorStep();
    assertEquals(data, apply(step.data(process, t).orElseThrow(), data, noisier), 1e-9);
    assertEquals(epsilon, apply(step.epsilon(process, t).orElseThrow(), data, noisier), 1e-6);

    ReverseStep noise = new NoiseStep();
    assertEquals(data, apply(noise.data(process, t).orElseThrow(), epsilon, noisier), 1e-6);
    assertEquals(epsilon, apply(noise.epsilon(process, t).orElseThrow(), epsilon, noisier), 1e-9);

    double v = scales.signal() * epsilon - scales.noise() * data;
    ReverseStep velocity = new VelocityStep();
    assertEquals(data, apply(velocity.data(process, t).orElseThrow(), v, noisier), 1e-6);
    assertEquals(epsilon, apply(velocity.epsilon(process, t).orElseThrow(), v, noisier), 1e-6);
  }

  private static double apply(Coefficients coefficients, double output, double noisier) {
    return coefficients.output() * output + coefficients.noisier() * noisier;
  }
}
