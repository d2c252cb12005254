package io.ddgan.app.training;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.app.experiment.WeightSource;
import io.ddgan.app.training.Start.Training;
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
 * A new run begins with the weights of another.
 *
 * @param checkpoint of step 0, with these weights
 * @param source where they come from
 */
public record Initialisation(Checkpoint checkpoint, WeightSource source) implements Start {

  /**
   * For the networks of a new run.
   *
   * @param shape shape of the data
   * @param classes number of classes of the data, 0 if it has none
   * @throws IOException if the weights cannot be read
   * @throws RefusedException if a network has other parameters; the message lists the first few
   */
  public static Initialisation of(WeightSource source, Setup setup, DataShape shape, int classes)
      throws IOException {
    return new Initialisation(source.begin(setup, shape, classes), source);
  }

  /**
   * With the weights that the experiment's key names.
   *
   * @throws ConfigurationException if they do not suit
   */
  public static Initialisation ofKey(WeightSource source, Setup setup, DataShape shape, int classes)
      throws IOException {
    try {
      return of(source, setup, shape, classes);
    } catch (RefusedException e) {
      throw ConfigurationException.of(WeightSource.KEY, e);
    }
  }

  @Override
  public Optional<String> text() {
    return Optional.of(
        "begins with the weights of step %,d of %s".formatted(source.step(), source.run()));
  }

  @Override
  public LockFile enter(RunFolder folder, Training training) throws IOException {
    Provenance provenance =
        training
            .origin()
            .with(Provenance.INITIALISED_FROM, source.facts())
            .trainedFrom(0, training.here());
    return folder.create(
        training.text(),
        () -> {
          provenance.write(folder.provenance());
          new CheckpointStore(folder.checkpoints()).save(checkpoint);
        });
  }
}
