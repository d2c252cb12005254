package io.ddgan.app.experiment;

import io.ddgan.config.ConfigurationException;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Opens runs that are trained already, to be sampled from, measured or exported. */
public final class TrainedRuns {

  private final Experiments experiments;
  private final Setups setups;

  @Inject
  TrainedRuns(Experiments experiments, Setups setups) {
    this.experiments = experiments;
    this.setups = setups;
  }

  /**
   * Opens a run.
   *
   * @param overrides {@code key=value}
   * @param changeable the keys that can still be changed, with those within them
   * @throws ConfigurationException if anything in the experiment is wrong, or gives the weights
   *     another meaning than they were trained for
   * @throws IOException if it is no run or has no checkpoint; the message says what to do
   */
  public TrainedRun open(RunFolder folder, List<String> overrides, Set<String> changeable)
      throws IOException {
    folder.requireRun();
    Experiment experiment = experiments.trained(folder, overrides, changeable);
    Setup setup = experiments.located(folder, overrides, () -> setups.of(experiment));
    TrainedRun run = new TrainedRun(experiments, folder, overrides, setup);
    RunCheckpoints unused = run.checkpoints(); // throws if there is none
    return run;
  }
}
