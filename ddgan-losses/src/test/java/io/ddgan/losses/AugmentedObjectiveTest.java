package io.ddgan.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.ddgan.api.Augmentation;
import io.ddgan.api.DataShape;
import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.Ramp;
import io.ddgan.contract.FixedBatch;
import io.ddgan.internal.graph.Graph;
import io.ddgan.losses.DdganObjective.DiscriminatorInputs;
import io.ddgan.losses.DdganObjective.ReconstructionWeighting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** What the discriminator of {@link LinearParts} is shown where examples are augmented. */
class AugmentedObjectiveTest {

  private static final int BATCH = 4;

  /** Two of the same kind, which draw numbers of their own. */
  private static final Augmentation STRETCH =
      (x, draws) -> x.mul(draws.uniform("factor")).add(0.25);

  private static final ObjectiveComponents PARTS =
      LinearParts.of(true, LinearParts.DISCRIMINATOR, STRETCH, STRETCH);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bothOfAPairAreAugmentedAlike(boolean seesNoisier) {
    Objective objective =
        new DdganObjective(
            Latent.NORMAL,
            new DiscriminatorInputs(seesNoisier, true),
            Ramp.constant(0),
            Ramp.constant(0),
            ReconstructionWeighting.NONE);
    FixedBatch batch = batch(objective);
    SDVariable unused = objective.phases(PARTS).get(0).loss().apply(batch);

    double[] xt = augmented(batch, batch.xt());
    double[] xtp1 = augmented(batch, batch.xtp1());
    double[] logits = values(batch.reports().get("logit-real"));
    for (int n = 0; n < BATCH; n++) {
      double expected = 0;
      for (int i = 2 * n; i < 2 * n + 2; i++) {
        double time = n % PARTS.process().steps();
        expected += (xt[i] + (seesNoisier ? 3 * xtp1[i] : 0) + time) * xt[i];
      }
      assertEquals(expected, logits[n], 1e-9);
    }
  }

  @Test
  void oneShotExamplesAreAugmentedAfterTheirDiffusion() {
    Objective objective = new OneShotObjective(Latent.NORMAL, false);
    FixedBatch batch = batch(objective);
    SDVariable unused = objective.phases(PARTS).get(0).loss().apply(batch);

    double[] xt = augmented(batch, batch.xt());
    double[] logits = values(batch.reports().get("logit-real"));
    for (int n = 0; n < BATCH; n++) {
      double expected = xt[2 * n] * xt[2 * n] + xt[2 * n + 1] * xt[2 * n + 1];
      assertEquals(expected, logits[n], 1e-9);
    }
  }

  private static double[] augmented(FixedBatch batch, SDVariable x) {
    double[] first = values(batch.uniform("augmentation/factor"));
    double[] second = values(batch.uniform("augmentation-2/factor"));
    double[] values = values(x);
    for (int i = 0; i < values.length; i++) {
      assertNotEquals(first[i / 2], second[i / 2]);
      values[i] = (values[i] * first[i / 2] + 0.25) * second[i / 2] + 0.25;
    }
    return values;
  }

  private static FixedBatch batch(Objective objective) {
    return new FixedBatch(
        new Graph(DataType.DOUBLE, BATCH, DataShape.point(2), 0, true), objective, PARTS);
  }

  private static double[] values(SDVariable variable) {
    return variable.eval().dup('c').data().asDouble();
  }
}
