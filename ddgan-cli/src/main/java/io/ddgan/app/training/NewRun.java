package io.ddgan.app.training;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.app.experiment.WeightSource;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.file.LockFile;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.util.Optional;

/**
 * A run begins, with random weights or those of another run.
 *
 * @param source where the weights come from, if not by chance
 * @param weights a checkpoint of step 0 that has them
 */
public record NewRun(Optional<WeightSource> source, Optional<Checkpoint> weights) implements Start {

  /**
   * Of parts that were checked, with the weights that the experiment names, or else with random
   * ones.
   *
   * @param shape shape of the data
   * @param classes number of classes of the data, 0 if it has none
   * @throws ConfigurationException if a key of the networks has no effect, or the weights are not
   *     there or do not suit the networks
   */
  public static NewRun of(Setup setup, DataShape shape, int classes) throws IOException {
    setup.requireEffect(shape);
    Optional<WeightSource> source = WeightSource.of(setup.experiment());
    if (source.isEmpty()) {
      return new NewRun(source, Optional.empty());
    }
    try {
      return new NewRun(source, Optional.of(source.get().begin(setup, shape, classes)));
    } catch (RefusedException e) {
      throw ConfigurationException.of(WeightSource.KEY, e);
    }
  }

  @Override
  public Optional<String> text() {
    return source.map(
        from -> "begins with the weights of step %,d of %s".formatted(from.step(), from.run()));
  }

  @Override
  public LockFile enter(RunFolder folder, Training training) throws IOException {
    Provenance origin = training.origin();
    Provenance provenance =
        source
            .map(from -> origin.with(Provenance.INITIALISED_FROM, from.facts()))
            .orElse(origin)
            .trainedFrom(0, training.here());
    return folder.create(
        training.text(),
        () -> {
          provenance.write(folder.provenance());
          if (weights.isPresent()) {
            new CheckpointStore(folder.checkpoints()).save(weights.get());
          }
        });
  }
}
