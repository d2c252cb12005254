package io.ddgan.app.experiment;

import io.ddgan.eval.ComponentText;
import io.ddgan.eval.records.MeasuredRun;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;

/** Reads what was measured of runs. */
public final class MeasuredRuns {

  private final ComponentText text;

  @Inject
  public MeasuredRuns(ComponentText text) {
    this.text = text;
  }

  /**
   * All that was measured of a run, by its training or later.
   *
   * @param experiment the run's own
   * @throws IOException if a file cannot be read; the message names it
   */
  public MeasuredRun of(RunFolder folder, Experiment experiment) throws IOException {
    return MeasuredRun.read(
        folder,
        experiment.training().iterations(),
        text.line(experiment.sampler()),
        experiment.seed());
  }
}
