package io.ddgan.app.training;

import io.ddgan.api.OpenDataset;
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
 * A checked training with its open data.
 *
 * @param folder the folder of the run
 * @param data the data set, closed with this
 * @param summary summary in one line, without a line break
 * @param weights initial weights of a new run; random if empty
 */
public record PreparedTraining(
    Setup setup,
    RunFolder folder,
    OpenDataset data,
    String summary,
    Optional<Resumption> resumption,
    Optional<WarmStart.Loaded> weights)
    implements AutoCloseable {

  /**
   * Opens the data and reads the initial weights. The run's folder is not changed.
   *
   * @param resumption the resumption of a run; empty for a new run
   * @throws io.ddgan.config.ConfigurationException if the components do not fit each other or the
   *     data
   * @throws IOException if the folder of a new run is not free
   */
  public static PreparedTraining of(Setup setup, RunFolder folder, Optional<Resumption> resumption)
      throws IOException {
    if (resumption.isEmpty()) {
      folder.requireFree();
    }
    OpenDataset data = setup.open();
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

  /** Describes the start; empty for a new run with random weights. */
  public Optional<String> start() {
    return resumption.flatMap(Resumption::text).or(() -> weights.map(WarmStart.Loaded::text));
  }

  /**
   * Locks the folder, and writes it for a new run. The folder of a resumed run is not changed.
   *
   * @param text the configuration to write
   * @param origin provenance of a new run
   * @return the lock, to be closed after the training
   * @throws IOException if the folder is unsuitable, locked by another process, or not writable
   */
  LockFile enter(String text, Provenance origin, Environment here) throws IOException {
    if (resumption.isPresent()) {
      return resumption.get().enter(folder, origin, here);
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
            new CheckpointStore(folder.checkpoints()).save(weights.get().weights().checkpoint());
          }
        });
  }

  @Override
  public void close() throws IOException {
    data.close();
  }
}
