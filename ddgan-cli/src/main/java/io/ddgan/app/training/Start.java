package io.ddgan.app.training;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.app.experiment.WeightSource;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.file.LockFile;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.run.Environment;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How a training begins in its run's folder. */
@FunctionalInterface
public interface Start {

  /**
   * Locks the folder. One that becomes a run is written; a run that goes on is left as it is.
   *
   * @return the lock, to be closed at the end of the training
   * @throws IOException if the folder is not as this start needs it, is locked by another process,
   *     or cannot be written; the message says what to do
   */
  LockFile enter(RunFolder folder, Training training) throws IOException;

  /**
   * Notes in a run that goes on where the coming steps are done, when all is ready for them.
   *
   * @throws IOException if it cannot be written
   */
  default void note(RunFolder folder, Training training) throws IOException {}

  /** What there is to tell of it, in a sentence; nothing of a new run with random weights. */
  default Optional<String> text() {
    return Optional.empty();
  }

  /**
   * What is going to be trained.
   *
   * @param experiment the configuration
   * @param text the same, as it is written
   * @param evaluations evaluations of the generator for a sample
   * @param classes the names of the data's classes; empty if they have none
   * @param here where it is trained
   */
  record Training(
      Experiment experiment, String text, int evaluations, List<String> classes, Environment here) {

    /** Of a run that begins with this training. */
    Provenance origin() {
      return Provenance.of(text, experiment.seed())
          .with(Provenance.EVALUATIONS, evaluations)
          .withClasses(classes);
    }
  }

  /**
   * A new run, of parts that were checked. It begins with the weights that an option or the
   * experiment's key names, or else with random ones.
   *
   * @param shape shape of the data
   * @param classes number of classes of the data, 0 if it has none
   * @param named those of an option, which is asked before the key
   * @throws ConfigurationException if a key of the networks has no effect, or those of the key are
   *     not there or do not suit the networks
   * @throws RefusedException if those of the option do not
   * @throws IOException if they cannot be read
   */
  static Start ofNewRun(Setup setup, DataShape shape, int classes, Optional<WeightSource> named)
      throws IOException {
    setup.requireEffect(shape);
    if (named.isPresent()) {
      return Initialisation.of(named.get(), setup, shape, classes);
    }
    Optional<WeightSource> keyed = WeightSource.of(setup.experiment());
    return keyed.isPresent() ? Initialisation.ofKey(keyed.get(), setup, shape, classes) : anew();
  }

  /** A new run, which begins with random weights. */
  static Start anew() {
    return (folder, training) ->
        folder.create(
            training.text(),
            () -> training.origin().trainedFrom(0, training.here()).write(folder.provenance()));
  }
}
