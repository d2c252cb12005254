package io.ddgan.train.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.AdaptiveValue;
import io.ddgan.api.Augmentation;
import io.ddgan.api.Batch;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Inputs;
import io.ddgan.api.Phase;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;

/** Augmentations within a training step. */
class AugmentedStepTest {

  private static final Augmentation DOUBLED = (x, draws) -> x.mul(2);
  private static final Augmentation STRETCHED =
      (x, draws) ->
          x.mul(
              draws.number(
                  "factor", new AdaptiveValue(0, Optional.of(3.0), 2, 4, 16, 1, "overfitting")));

  private static SDVariable output(Batch batch) {
    return batch.apply(
        "generator",
        batch.inputs().with(Inputs.XTP1, batch.xtp1()).with(Inputs.LATENT, batch.latent()));
  }

  /** The logits are 5 times the augmented x_t. */
  private static SDVariable loss(Batch batch) {
    SDVariable logits = batch.augment(batch.xt()).mul(5).sum(1);
    SDVariable sum = logits.add(output(batch).sum(1).mul(0));
    SDVariable penalty = batch.penalty(new SquaredLength(), batch.xt(), sum);
    batch.report("penalty", penalty);
    batch.controlSignal("overfitting", output(batch).mean().mul(0).add(1));
    return output(batch).mean().add(penalty);
  }

  private record SquaredLength() implements GradientPenalty {

    @Override
    public int every() {
      return 1;
    }

    @Override
    public SDVariable penalty(SDVariable gradient) {
      return gradient.getSameDiff().math().square(gradient).sum(1).mean();
    }
  }

  @Test
  void penalisesTheGradientBeforeAugmentation() throws IOException {
    Phase phase = Phase.of("generator", AugmentedStepTest::loss);
    try (TinyTraining training =
        new TinyTraining(new Options(), List.of(DOUBLED, DOUBLED), phase)) {
      assertEquals(2 * 20 * 20, training.run(0).get("penalty"), 1e-3);
    }
  }

  @Test
  void adaptsTheNumbersOfAugmentations() throws IOException {
    Phase phase = Phase.of("generator", AugmentedStepTest::loss);
    try (TinyTraining training =
        new TinyTraining(new Options(), List.of(DOUBLED, STRETCHED), phase)) {
      for (double factor : new double[] {3, 4, 4}) {
        Map<String, Double> values = training.run(0);
        assertEquals(factor, values.get("augmentation-2-factor"), 1e-12);
        assertEquals(2 * 100 * factor * factor, values.get("penalty"), 1e-2);
      }
    }
  }
}
