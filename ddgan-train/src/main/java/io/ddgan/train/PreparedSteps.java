package io.ddgan.train;

import io.ddgan.api.Examples;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.Batches;
import io.ddgan.train.data.Prefetcher;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.Coding;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.phase.StepDraw;
import io.ddgan.train.phase.StepDraws;
import io.ddgan.train.step.TrainingStep;

/** What the coming steps of a training are given, drawn while one is being done. */
final class PreparedSteps {

  /** Steps that are prepared while one is being done. */
  private static final int AHEAD = 3;

  private PreparedSteps() {}

  /**
   * Starts to prepare.
   *
   * @param readers read the examples; closed after what is returned
   * @param first the step to begin with, counted from 0
   */
  static Prefetcher<StepDraw> start(
      Setup setup, Examples data, Readers readers, TrainingStep step, long first) {
    RandomStreams random = new RandomStreams(setup.experiment().seed());
    Coding coding = setup.coding(data.shape());
    int batch = setup.experiment().training().batch();
    long total = setup.experiment().training().iterations();
    Batches batches = new Batches(data, readers, random, batch, coding::encode);
    StepDraws draws = new StepDraws(batches, random, step.phases(), total);
    return Prefetcher.start(readers, first, AHEAD, draws::draw);
  }
}
