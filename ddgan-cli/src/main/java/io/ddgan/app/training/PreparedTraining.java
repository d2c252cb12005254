package io.ddgan.app.training;

import io.ddgan.api.Examples;
import io.ddgan.app.experiment.ExperimentSummary;
import io.ddgan.app.experiment.WarmStart;
import io.ddgan.eval.EvaluationCheck;
import io.ddgan.internal.file.LockFile;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.run.Environment;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.util.Optional;

/**
 * A training whose parts are found to suit each other, and its data, which are opened.
 *
 * @param folder the run's, which is to become a run unless it is resumed
 * @param data those of the experiment, closed with this
 * @param summary what is going to be trained, in a line without its end
 * @param weights what a new run begins with; random if empty
 */
public record PreparedTraining(
    Setup setup,
    RunFolder folder,
    Examples data,
    String summary,
    Optional<Resumption> resumption,
    Optional<WarmStart.Loaded> weights)
    implements AutoCloseable {

  /**
   * Opens the data, and reads the weights that a new run begins with; the run's folder stays as it
   * is.
   *
   * @param resumption of a run that is resumed; empty for a new one
   * @throws io.ddgan.config.ConfigurationException if the parts do not suit each other or the data
   * @throws IOException if the folder of a new run is not free
   */
  public static PreparedTraining of(Setup setup, RunFolder folder, Optional<Resumption> resumption)
      throws IOException {
    if (resumption.isEmpty()) {
      folder.requireFree();
    }
    Examples data = setup.open();
    try {
      String summary =
          ExperimentSummary.text(
              setup, ExperimentSummary.of(data), EvaluationCheck.of(setup, data));
      Optional<WarmStart.Loaded> weights =
          resumption.isPresent()
              ? Optional.empty()
              : WarmStart.load(setup, data.shape(), Setup.classes(data));
      return new PreparedTraining(setup, folder, data, summary, resumption, weights);
    } catch (IOException | RuntimeException | Error e) {
      data.close();
      throw e;
    }
  }

  /** What there is to tell of its beginning; nothing of a new run with random weights. */
  public Optional<String> start() {
    return resumption
        .flatMap(Resumption::text)
        .or(() -> weights.map(WarmStart.Loaded::source).map(WarmStart::text));
  }

  /**
   * Locks the folder. One that becomes a run is written; a run that is resumed is left as it is.
   *
   * @param text the configuration as it is written
   * @param origin of a run that begins with this training
   * @return the lock, to be closed at the end of the training
   * @throws IOException if the folder is not as it has to be, is locked by another process, or
   *     cannot be written; the message says what to do
   */
  LockFile enter(String text, Provenance origin, Environment here) throws IOException {
    if (resumption.isPresent()) {
      return resumption.get().enter(folder, origin);
    }
    Provenance provenance =
        weights
            .map(from -> origin.with(Provenance.INITIALISED_FROM, from.source().facts()))
            .orElse(origin)
            .trainedFrom(0, here);
    return folder.create(
        text,
        () -> {
          provenance.write(folder.provenance());
          if (weights.isPresent()) {
            new CheckpointStore(folder.checkpoints()).save(weights.get().checkpoint());
          }
        });
  }

  @Override
  public void close() throws IOException {
    data.close();
  }
}
