package io.ddgan.train.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AverageDecayTest {

  @Test
  void theDecayOfAYoungAverageGrowsFromATenthToThatOfAnOldOne() {
    assertEquals(0.1, TrainingSettings.warmedUp(0.999, 0), 1e-12);
    assertEquals(2 / 11.0, TrainingSettings.warmedUp(0.999, 1), 1e-12);
    assertEquals(101 / 110.0, TrainingSettings.warmedUp(0.999, 100), 1e-12);
    assertEquals(0.999, TrainingSettings.warmedUp(0.999, 10_000), 1e-12);
    assertEquals(0.05, TrainingSettings.warmedUp(0.05, 0), 1e-12);
  }

  @Test
  void afterTheExamplesOfItsHalfLifeWhatIsAveragedCountsHalf() {
    double decay = TrainingSettings.decayOfHalfLife(1000, 50);
    assertEquals(0.5, Math.pow(decay, 1000 / 50.0), 1e-12);
    assertEquals(Math.pow(0.5, 0.05), decay, 1e-12);
  }
}
