package io.ddgan.app.training;

import io.ddgan.api.Examples;
import io.ddgan.app.experiment.ExperimentSummary;
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
 * @param start whether the folder is to become a run, or is one that is resumed
 */
public record PreparedTraining(
    Setup setup, RunFolder folder, Examples data, Map<String, ParameterLayout> layouts, Start start)
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
      Map<String, ParameterLayout> layouts = EvaluationCheck.of(setup, data);
      Start start =
          resumption.isPresent()
              ? resumption.get()
              : NewRun.of(setup, data.shape(), Setup.classes(data));
      return new PreparedTraining(setup, folder, data, layouts, start);
    } catch (IOException | RuntimeException | Error e) {
      data.close();
      throw e;
    }
  }

  /** What is going to be trained, in a line without its end. */
  public String summary() {
    return ExperimentSummary.text(setup, ExperimentSummary.of(data), layouts);
  }

  @Override
  public void close() throws IOException {
    data.close();
  }
}
