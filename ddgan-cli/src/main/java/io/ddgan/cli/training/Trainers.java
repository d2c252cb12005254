package io.ddgan.cli.training;

import io.ddgan.api.Listener;
import io.ddgan.api.TrainingListener;
import io.ddgan.cli.environment.Backend;
import io.ddgan.cli.options.CommonOptions;
import io.ddgan.train.Trainer;
import io.ddgan.train.data.Readers;
import io.ddgan.train.evaluation.ComponentText;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.parallel.Lockstep;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes the trainers of runs, which share what evaluations learn once, and who listens to all. */
public final class Trainers {

  private final CommonOptions options;
  private final ComponentText text;
  private final Set<Listener> listeners;

  @Inject
  public Trainers(CommonOptions options, ComponentText text, Set<Listener> listeners) {
    this.options = options;
    this.text = text;
    this.listeners = listeners;
  }

  /**
   * A trainer for a run whose folder this process has locked.
   *
   * @param backend what computes
   * @param first hear of the training before the others
   * @param lockstep the processes that train the run together
   * @throws IOException if one who listens to all trainings cannot do so
   */
  public Trainer of(
      Setup setup,
      Backend backend,
      RunFolder folder,
      Readers readers,
      List<TrainingListener> first,
      Lockstep lockstep)
      throws IOException {
    List<TrainingListener> all = new ArrayList<>(first);
    for (Listener each : listeners) {
      all.add(each.open(folder.root()));
    }
    return new Trainer(
        setup, folder, readers, options.cache(), text, backend.machine(), all, lockstep);
  }
}
