package io.ddgan.app.training;

import io.ddgan.internal.file.LockFile;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.Environment;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How a training begins in its run's folder. */
public sealed interface Start permits NewRun, Resumption {

  /**
   * Locks the folder. One that becomes a run is written; a run that is resumed is left as it is.
   *
   * @return the lock, to be closed at the end of the training
   * @throws IOException if the folder is not as this start needs it, is locked by another process,
   *     or cannot be written; the message says what to do
   */
  LockFile enter(RunFolder folder, Training training) throws IOException;

  /** Notes in a run that is resumed where the coming steps are done, when all is ready for them. */
  default void note(RunFolder folder, Training training) throws IOException {}

  /** What there is to tell of it, in a sentence; nothing of a new run with random weights. */
  Optional<String> text();

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
}
