package io.ddgan.app.sampling;

import io.ddgan.api.Model;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.TrainedRun;
import io.ddgan.train.run.RunClasses;
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

  @Inject
  ModelLoader(Experiments experiments) {
    this.experiments = experiments;
  }

  /**
   * Loads the averaged generator of a run's latest checkpoint. The data are not needed.
   *
   * @param batch examples that are computed at a time; as in training if empty
   * @throws IOException if it is not a run, has no checkpoint or is damaged; the message says what
   *     to do
   */
  public Model load(RunFolder run, Optional<Integer> batch) throws IOException {
    TrainedRun trained = experiments.open(run, List.of(), Set.of());
    Backend unused = Backend.load();
    TrainedGenerator generator = trained.loadLatest(batch);
    try {
      return new LoadedModel(
          trained, generator, RunClasses.of(trained.folder(), generator.classes()));
    } catch (IOException | RuntimeException e) {
      generator.close();
      throw e;
    }
  }
}
