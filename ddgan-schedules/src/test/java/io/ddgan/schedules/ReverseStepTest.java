package io.ddgan.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.ReverseStep;
import io.ddgan.api.ReverseStep.Coefficients;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReverseStepTest {

  private final DiffusionProcess process =
      new GaussianDiffusion(new VariancePreserving(4, 0.1, 20));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void noiseStepWithTheTrueNoiseEqualsPosteriorStepWithTheTrueData(int t) {
    double data = 0.3;
    double epsilon = -1.7;
    Scales scales = process.fromData(t + 1);
    double noisier = scales.signal() * data + scales.noise() * epsilon;

    Coefficients posterior = new PosteriorStep().at(process, t);
    Coefficients noise = new NoiseStep().at(process, t);

    assertEquals(
        posterior.output() * data + posterior.noisier() * noisier,
        noise.output() * epsilon + noise.noisier() * noisier,
        1e-6);
    assertEquals(posterior.noise(), noise.noise());
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
  }

  private static double apply(Coefficients coefficients, double output, double noisier) {
    return coefficients.output() * output + coefficients.noisier() * noisier;
  }
}
