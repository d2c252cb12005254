package io.ddgan.cli.command;

import io.ddgan.api.TrialLauncher;
import io.ddgan.cli.experiment.MeasuredRuns;
import io.ddgan.cli.experiment.WeightSource;
import io.ddgan.cli.options.CommonOptions;
import io.ddgan.cli.process.Workers;
import io.ddgan.cli.reproduction.Rerun;
import io.ddgan.cli.sweep.Sweep;
import io.ddgan.cli.sweep.SweepFolder;
import io.ddgan.cli.sweep.SweepListener;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.util.Optional;

/** Makes what trains in other processes, which are given this process's common options. */
public final class TrialProcesses {

  private final CommonOptions options;
  private final MeasuredRuns measured;

  @Inject
  public TrialProcesses(CommonOptions options, MeasuredRuns measured) {
    this.options = options;
    this.measured = measured;
  }

  /**
   * A sweep in a folder that this process has locked.
   *
   * @param launcher runs the trials
   */
  public Sweep sweep(
      SweepFolder folder, TrialLauncher launcher, Workers workers, SweepListener listener) {
    return new Sweep(folder, launcher, workers, options.words(), measured, listener);
  }

  /**
   * The training of a run once more, in a folder of its own.
   *
   * @param initial the checkpoint that the run began with, if it was one
   */
  public Rerun copy(RunFolder original, RunFolder copy, Optional<WeightSource> initial) {
    return new Rerun(original, copy, initial, options.words());
  }
}
