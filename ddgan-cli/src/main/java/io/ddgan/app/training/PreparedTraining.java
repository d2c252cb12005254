package io.ddgan.app.training;

import io.ddgan.api.Examples;
import io.ddgan.api.RefusedException;
import io.ddgan.app.experiment.ExperimentSummary;
import io.ddgan.app.experiment.WeightSource;
import io.ddgan.config.ConfigurationException;
import io.ddgan.eval.EvaluationCheck;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * A training whose parts are found to suit each other, and its data, which are opened.
 *
 * @param folder the run's
 * @param data those of the experiment, closed with this
 * @param layouts the networks' parameters
 * @param resumption of a run that goes on; empty for a new one
 * @param named the weights that a new run begins with, if an option names some; those of the
 *     experiment's key otherwise
 */
public record PreparedTraining(
    Setup setup,
    RunFolder folder,
    Examples data,
    Map<String, ParameterLayout> layouts,
    Optional<Resumption> resumption,
    Optional<WeightSource> named)
    implements AutoCloseable {

  /**
   * Opens the data; the run's folder stays as it is.
   *
   * @throws ConfigurationException if the parts do not suit each other or the data
   * @throws IOException if anything cannot be read, or weights are named for a folder that is not
   *     free
   */
  public static PreparedTraining of(
      Setup setup, RunFolder folder, Optional<Resumption> resumption, Optional<WeightSource> named)
      throws IOException {
    if (resumption.isEmpty()
        && (named.isPresent() || WeightSource.of(setup.experiment()).isPresent())) {
      folder.requireFree(); // before they are read
    }
    Examples data = setup.open();
    try {
      return new PreparedTraining(
          setup, folder, data, EvaluationCheck.of(setup, data), resumption, named);
    } catch (RuntimeException | Error e) {
      data.close();
      throw e;
    }
  }

  /** What is going to be trained, in a line without its end. */
  public String summary() {
    return ExperimentSummary.text(setup, data, layouts);
  }

  /**
   * Whether the folder is to become a run, whose weights are read now, or is one that goes on.
   *
   * @throws ConfigurationException if a key of the networks has no effect, or the weights that the
   *     experiment's key names are not there or do not suit
   * @throws RefusedException if those of the option do not suit
   * @throws IOException if they cannot be read
   */
  public Start start() throws IOException {
    return resumption.isPresent()
        ? resumption.get()
        : Start.ofNewRun(setup, data.shape(), Setup.classes(data), named);
  }

  @Override
  public void close() throws IOException {
    data.close();
  }
}
