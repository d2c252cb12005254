package io.ddgan.cli;

import com.google.inject.AbstractModule;
import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.NoiseSchedule;
import io.ddgan.schedules.GaussianDiffusion;
import io.ddgan.train.Experiment;

/** Hands an experiment's parts to those who know them by their contracts only. */
final class ExperimentModule extends AbstractModule {

  private final Experiment experiment;

  ExperimentModule(Experiment experiment) {
    this.experiment = experiment;
  }

  @Override
  protected void configure() {
    bind(Experiment.class).toInstance(experiment);
    bind(NoiseSchedule.class).toInstance(experiment.schedule());
    bind(DiffusionProcess.class).to(GaussianDiffusion.class);
  }
}
