package io.ddgan.app.estimate;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.environment.MachineMemory;
import io.ddgan.app.experiment.ExperimentSummary;
import io.ddgan.app.text.Quantities;
import io.ddgan.config.ConfigurationException;
import io.ddgan.eval.EvaluationCheck;
import io.ddgan.train.experiment.Setup;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;

/** {@code ddgan train --dry-run}: says what would be trained and what that takes. */
public final class DryRun {

  private final Setup setup;
  private final Backend backend;
  private final PrintWriter out;

  public DryRun(Setup setup, Backend backend, PrintWriter out) {
    this.setup = setup;
    this.backend = backend;
    this.out = out;
  }

  /**
   * Describes the experiment; the data need not be there if the configuration says their shape.
   *
   * @return what is known of the data
   * @throws IOException if the data are there and cannot be used, or if nothing but they would say
   *     their shape
   */
  public Known outline() throws IOException {
    try (Examples data = setup.open()) {
      out.println(ExperimentSummary.text(setup, data, EvaluationCheck.of(setup, data)));
      return new Known(data.shape(), Setup.classes(data));
    } catch (FileNotFoundException e) {
      DataShape shape = setup.experiment().data().shape().orElseThrow(() -> e);
      out.println("the data are not here: " + e.getMessage());
      int classes = setup.experiment().data().classes();
      out.println(ExperimentSummary.text(setup, shape, setup.check(shape, classes)));
      return new Known(shape, classes);
    }
  }

  /**
   * What is known of data.
   *
   * @param classes number of classes, 0 if it has none or its files would say it
   */
  public record Known(DataShape shape, int classes) {}

  /**
   * Measures steps on noise and says what memory and time the training takes.
   *
   * @throws ConfigurationException if it takes more memory than there is
   */
  public void estimate(Known data, MachineMemory machine) throws IOException {
    if (setup.experiment().training().iterations() == 0) {
      out.println("no step is done; what it begins with is measured");
      return;
    }
    out.println("measuring steps on noise, which takes a minute or two if they are long");
    TrainingEstimate estimate =
        new Estimator(setup, data.shape(), data.classes(), machine).estimate();
    out.printf(
        "estimated on this machine (%s, %s): needs about %s of memory (this machine has %s) and %s%n",
        backend.name(),
        Quantities.count(backend.threads(), "thread"),
        Quantities.bytes(estimate.memory()),
        Quantities.bytes(machine.memory()),
        estimate.time().map(this::time).orElse("more time than can be measured"));
    if (estimate.memory() > machine.memory()) {
      throw ConfigurationException.of(
          "training.batch",
          "%d does not fit in memory here; a smaller one needs less"
              .formatted(setup.experiment().training().batch()));
    }
  }

  private String time(TrainingEstimate.Time time) {
    return "%s per step, %s for all %,d steps"
        .formatted(
            Quantities.seconds(time.step()),
            Quantities.seconds(time.training()),
            setup.experiment().training().iterations());
  }
}
