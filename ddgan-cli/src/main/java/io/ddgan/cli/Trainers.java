package io.ddgan.cli;

import io.ddgan.api.TrainingListener;
import io.ddgan.train.Setup;
import io.ddgan.train.Trainer;
import io.ddgan.train.data.Readers;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.util.List;

/** Makes the trainers of runs, which share what evaluations learn once. */
final class Trainers {

  private final CommonOptions options;

  @Inject
  Trainers(CommonOptions options) {
    this.options = options;
  }

  /**
   * A trainer for a run whose folder this process has locked.
   *
   * @param listeners hear of the training, besides those that the experiment names
   */
  Trainer of(
      Setup setup, RunFolder folder, Readers readers, List<TrainingListener> listeners) {
    return new Trainer(setup, folder, readers, options.cache(), listeners);
  }
}
