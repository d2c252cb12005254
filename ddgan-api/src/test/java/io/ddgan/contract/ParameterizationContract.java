package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.Parameterization;
import io.ddgan.api.Parameterization.Coefficients;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the contract of parameterizations. Extend it to test those of a plug-in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ParameterizationContract {

  private static final List<DiffusionProcess> PROCESSES =
      Stream.of(1, 2, 4, 1000).<DiffusionProcess>map(UniformDiffusion::new).toList();

  /** Returns the parameterizations to test. */
  protected abstract Stream<? extends Parameterization> reverseSteps();

  @ParameterizedTest
  @MethodSource("reverseSteps")
  void coefficientsAreFiniteAndTheLastStepAddsNoNoise(Parameterization parameterization) {
    atAllTimes(
        (process, t) -> {
          Coefficients step = parameterization.reverseStep(process, t);
          assertFinite(step, t);
          assertTrue(step.noise() >= 0, "noise at time " + t + " is " + step.noise());
          assertTrue(t > 0 || step.noise() <= 1e-6, "the last step adds noise");
          assertTrue(step.output() != 0, "the output is ignored at time " + t);
        });
  }

  @ParameterizedTest
  @MethodSource("reverseSteps")
  void dataPredictionsHaveNoNoise(Parameterization parameterization) {
    atAllTimes(
        (process, t) ->
            Stream.of(parameterization.data(process, t), parameterization.epsilon(process, t))
                .flatMap(estimate -> estimate.stream())
                .forEach(
                    estimate -> {
                      assertFinite(estimate, t);
                      assertEquals(0, estimate.noise());
                    }));
  }

  @ParameterizedTest
  @MethodSource("reverseSteps")
  void keepsTheShareOfTheDataWithAPerfectOutput(Parameterization parameterization) {
    atAllTimes(
        (process, t) ->
            parameterization
                .data(process, t)
                .ifPresent(
                    data -> {
                      Scales after = process.marginal(t + 1);
                      Coefficients step = parameterization.reverseStep(process, t);
                      // The output whose x_0 prediction is 1, the true data, without noise.
                      double output = (1 - data.xtp1() * after.signal()) / data.output();
                      double mean = step.output() * output + step.xtp1() * after.signal();
                      assertEquals(process.marginal(t).signal(), mean, 1e-6, "at time " + t);
                    }));
  }

  private static void atAllTimes(BiConsumer<DiffusionProcess, Integer> action) {
    for (DiffusionProcess process : PROCESSES) {
      for (int t = 0; t < process.steps(); t++) {
        action.accept(process, t);
      }
    }
  }

  private static void assertFinite(Coefficients coefficients, int t) {
    assertTrue(
        Double.isFinite(coefficients.output())
            && Double.isFinite(coefficients.xtp1())
            && Double.isFinite(coefficients.noise()),
        "at time " + t + ": " + coefficients);
  }
}
