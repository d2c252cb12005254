package io.ddgan.app.estimate;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.experiment.ExperimentSummary;
import io.ddgan.app.text.Quantities;
import io.ddgan.config.ConfigurationException;
import io.ddgan.eval.EvaluationCheck;
import io.ddgan.internal.graph.NativeMemory;
import io.ddgan.train.experiment.Setup;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;

/** {@code ddgan train --dry-run}: says what would be trained and what that takes. */
public record DryRun(Setup setup, Backend backend, PrintWriter out) {

  /** What is known of data, of which only their files may say that they have classes. */
  public record Known(DataShape shape, int classes) {}

  /**
   * Describes the experiment; the data need not be there if the configuration says their shape.
   *
   * @return what is known of the data
   * @throws IOException if the data are there and cannot be used, or if nothing but they would say
   *     their shape
   */
  public Known outline() throws IOException {
    try (Examples data = setup.open()) {
      String size = ExperimentSummary.of(data);
      out.println(ExperimentSummary.text(setup, size, EvaluationCheck.of(setup, data)));
      return new Known(data.shape(), Setup.classes(data));
    } catch (FileNotFoundException e) {
      DataShape shape = setup.experiment().data().shape().orElseThrow(() -> e);
      int classes = setup.experiment().data().classes();
      out.println("the data are not here: " + e.getMessage());
      String size = ExperimentSummary.of(shape);
      out.println(ExperimentSummary.text(setup, size, setup.check(shape, classes)));
      return new Known(shape, classes);
    }
  }

  /**
   * Measures steps on noise and says what memory and time the training takes.
   *
   * @throws ConfigurationException if it takes more memory than there is
   */
  public void estimate(Known data, NativeMemory machine) throws IOException {
    long steps = setup.experiment().training().iterations();
    if (steps == 0) {
      out.println("no step is done; what it begins with is measured");
      return;
    }
    out.println("measuring steps on noise, which takes a minute or two if they are long");
    String most = Quantities.bytes(Math.round(machine.most()));
    Estimate estimate =
        Estimate.of(setup, data.shape(), data.classes(), machine)
            .filter(each -> each.memory() <= machine.most())
            .orElseThrow(
                () ->
                    ConfigurationException.of(
                        "training.batch",
                        "%d does not fit in the %s of memory here; a smaller one needs less"
                            .formatted(setup.experiment().training().batch(), most)));
    double step = estimate.seconds();
    out.printf(
        "estimated on this machine (%s, %s): needs about %s of memory (this process may have %s) and %s per step, %s for all %,d steps; pictures and metrics come on top%n",
        backend.name(),
        Quantities.count(backend.threads(), "thread"),
        Quantities.bytes(Math.round(estimate.memory())),
        most,
        Quantities.seconds(step),
        Quantities.seconds(steps * step),
        steps);
  }
}
