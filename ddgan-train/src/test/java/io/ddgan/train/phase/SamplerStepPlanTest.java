package io.ddgan.train.phase;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.Generator;
import io.ddgan.api.Inputs;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.Parameterization.Coefficients;
import io.ddgan.api.Sampler.Step;
import io.ddgan.contract.SmallParts;
import io.ddgan.engine.Engine;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.internal.graph.Workspace;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Compares steps of {@code G = gain * (2 xtp1 + latent + 10 time + 100 class)} with hand-computed
 * ones.
 */
class SamplingPlanTest {

  private static final float[] NOISIER = {1, 2, 3, 4};
  private static final float[] LATENT = {0.1f, 0.2f, 0.3f, 0.4f};
  private static final float[] NOISE = {5, 6, 7, 8};
  private static final Step EVALUATION = new Step(2, new Coefficients(0.5, 3, 0.25));

  @Test
  void combinesTheOutputWithItsInputAndNoise() {
    assertEvaluates(0, true, new double[] {0, 0});
  }

  @Test
  void passesTheClassIfTheDataHasClasses() {
    assertEvaluates(2, true, new double[] {100, 0});
  }

  @Test
  void omitsUnusedInputs() {
    assertEvaluates(0, false, new double[] {0, 0});
  }

  private static void assertEvaluates(int classes, boolean looksAtAll, double[] ofClass) {
    ModelDefinition model =
        new ModelDefinition(
            new GeneratorAlone(List.of()),
            SmallParts.of(new Linear(looksAtAll), List.of()),
            Map.of(),
            Engine.nd4j(),
            DataShape.point(2),
            classes,
            2,
            Freeze.NOTHING);
    try (ParameterSet weights = ParameterSet.zeros(model.generatorLayout(), DataType.FLOAT);
        Workspace workspace = new Workspace();
        SamplerStepPlan sampling =
            SamplerStepPlan.prepare(model, model.batch(), weights, false, workspace)) {
      assertEquals(looksAtAll, sampling.hasLatent());
      assertEquals(classes > 0, sampling.isConditional());
      assertTrue(sampling.bytes() > 0);
      for (double gain : new double[] {1, -2}) {
        weights.view("gain").assign(gain); // read in every run
        float[] expected = new float[4];
        for (int i = 0; i < expected.length; i++) {
          double others = looksAtAll ? LATENT[i] + 20 + ofClass[i / 2] : 0;
          double output = gain * (2 * NOISIER[i] + others);
          expected[i] = (float) (0.5 * output + 3 * NOISIER[i] + 0.25 * NOISE[i]);
        }
        float[] next = sampling.evaluate(EVALUATION, NOISIER, LATENT, new int[] {1, 0}, NOISE);
        assertArrayEquals(expected, next, 1e-4f);
      }
    }
  }

  private record Linear(boolean looksAtAll) implements Generator {

    @Override
    public int latentSize() {
      return 2;
    }

    @Override
    public SDVariable forward(ParameterScope p, Inputs inputs) {
      SDVariable gain = p.parameter("gain", Linear::one, 1, 1);
      SDVariable sum = inputs.xtp1().mul(2);
      if (looksAtAll) {
        sum = sum.add(inputs.latent()).add(inputs.time().reshape(p.batch(), 1).mul(10));
        if (inputs.label().isPresent()) {
          sum = sum.add(ofClass(p, inputs.label().get()));
        }
      }
      return sum.mul(gain);
    }

    /** With two classes. */
    private static SDVariable ofClass(ParameterScope p, SDVariable label) {
      SDVariable each = p.sameDiff().constant(Nd4j.createFromArray(0f, 100f));
      return label.mul(each.reshape(1, 2)).sum(true, 1);
    }

    private static float[] one(long[] shape, RandomGenerator random) {
      return new float[] {1};
    }
  }
}
