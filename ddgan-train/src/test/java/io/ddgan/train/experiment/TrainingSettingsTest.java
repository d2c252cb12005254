package io.ddgan.train.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.Ramp;
import io.ddgan.train.optimiser.Sgd;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingSettingsTest {

  private static TrainingSettings settings(int batch, int shards, Optional<Ramp> halfLife) {
    return new TrainingSettings(
        batch,
        shards,
        100,
        Ramp.constant(0.1),
        Ramp.constant(0.2),
        0,
        new Sgd(Ramp.constant(0), false),
        Optional.empty(),
        Ramp.constant(0.9),
        halfLife,
        false,
        List.of(),
        1,
        0,
        1,
        1,
        1);
  }

  @Test
  void requiresMicroBatchesOfEqualSize() {
    assertEquals(4, settings(8, 4, Optional.empty()).microBatches());
    String message =
        assertThrows(IllegalArgumentException.class, () -> settings(8, 3, Optional.empty()))
            .getMessage();
    assertEquals("batch-size = 8 is not divisible by micro-batches = 3", message);
  }

  @Test
  void generatorHasASeparateLearningRate() {
    TrainingSettings settings = settings(8, 1, Optional.empty());
    assertEquals(0.1, settings.learningRate("generator", 0), 1e-12);
    assertEquals(0.2, settings.learningRate("discriminator", 0), 1e-12);
    assertEquals(0.2, settings.learningRate("encoder", 0), 1e-12);
  }

  @Test
  void halfLifeCountsTheExamplesBetweenUpdates() {
    TrainingSettings settings = settings(8, 1, Optional.of(Ramp.constant(48)));
    assertEquals(Math.pow(0.5, 8.0 / 48), settings.emaDecay(0, 0, 1), 1e-12);
    assertEquals(Math.pow(0.5, 24.0 / 48), settings.emaDecay(0, 0, 3), 1e-12);
  }
}
