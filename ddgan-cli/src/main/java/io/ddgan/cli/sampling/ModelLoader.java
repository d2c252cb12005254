package io.ddgan.cli.sampling;

import io.ddgan.api.Model;
import io.ddgan.cli.environment.Backend;
import io.ddgan.cli.experiment.Experiments;
import io.ddgan.cli.experiment.Setups;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.TrainedGenerator;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Loads what runs have trained. */
public final class ModelLoader {

  private final Experiments experiments;
  private final Setups setups;

  @Inject
  ModelLoader(Experiments experiments, Setups setups) {
    this.experiments = experiments;
    this.setups = setups;
  }

  /**
   * Loads the averaged generator of a run's latest checkpoint. The data are not needed.
   *
   * @param batch examples that are computed at a time; as in training if empty
   * @throws IOException if it is not a run, has no checkpoint or is damaged; the message says what
   *     to do
   */
  public Model load(RunFolder run, Optional<Integer> batch) throws IOException {
    run.requireRun();
    Experiment experiment = experiments.trained(run, List.of(), Set.of());
    return experiments.located(
        run,
        List.of(),
        () -> {
          Setup setup = setups.of(experiment);
          Backend unused = Backend.load();
          return LoadedModel.of(run, setup, TrainedGenerator.load(setup, run, batch));
        });
  }
}
