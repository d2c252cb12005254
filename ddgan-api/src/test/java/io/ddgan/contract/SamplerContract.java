package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.Parameterization.Coefficients;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Sampler;
import io.ddgan.api.Sampler.Step;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the contract of samplers, with a generator that predicts the data exactly. Extend it to
 * test the samplers of a plug-in for a process of {@link #STEPS} steps.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SamplerContract {

  /** Number of steps of the process. */
  protected static final int STEPS = 1000;

  private static final DiffusionProcess PROCESS = new UniformDiffusion(STEPS);

  /** Returns the samplers to test. */
  protected abstract Stream<? extends Sampler> samplers();

  @ParameterizedTest
  @MethodSource("samplers")
  void stepsStartFromPureNoiseAndFollowTheTimesOfTheProcess(Sampler sampler) {
    List<Step> path = sampler.steps(PROCESS, new DataStep());
    assertFalse(path.isEmpty());
    assertEquals(
        path, sampler.steps(PROCESS, new DataStep()), "sampler steps differ between calls");
    assertEquals(STEPS - 1, path.get(0).t(), "the first step must take pure noise");
    for (Step evaluation : path) {
      Coefficients next = evaluation.coefficients();
      assertTrue(evaluation.t() >= 0 && evaluation.t() < STEPS, evaluation.toString());
      assertTrue(
          Double.isFinite(next.output()) && Double.isFinite(next.xtp1()), evaluation.toString());
      assertTrue(next.noise() >= 0 && Double.isFinite(next.noise()), evaluation.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void reachesTheDataWithAPerfectGenerator(Sampler sampler) {
    double mean = 0;
    double variance = 1;
    for (Step evaluation : sampler.steps(PROCESS, new DataStep())) {
      Coefficients next = evaluation.coefficients();
      mean = next.output() + next.xtp1() * mean;
      variance = next.xtp1() * next.xtp1() * variance + next.noise() * next.noise();
    }
    assertEquals(1, mean, 0.02, "mean of the samples of the data 1");
    assertEquals(0, variance, 0.02, "variance of the samples of the data 1");
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void refusesUnsupportedProcessesWithAReason(Sampler sampler) {
    for (int steps : new int[] {1, 2, 4}) {
      DiffusionProcess process = new UniformDiffusion(steps);
      try {
        assertFalse(sampler.steps(process, new DataStep()).isEmpty());
      } catch (RefusedException e) {
        assertFalse(e.getMessage().isBlank());
      }
    }
  }
}
