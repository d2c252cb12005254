package io.ddgan.cli.options;

import io.ddgan.app.experiment.TrainedRun;
import io.ddgan.train.sampling.TrainedGenerator;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which class examples are asked of. */
public final class ClassOption {

  private static final String ALL = "all";

  @Option(
      names = "--class",
      paramLabel = "K|NAME|all",
      description =
          "The class of all examples of a class-conditional generator: its name in the data, or its"
              + " number, counted from 0; or a row of examples of each class (default: each"
              + " example's own, drawn uniformly).")
  private Optional<String> asked = Optional.empty();

  /** Whether examples of each class were asked for. */
  public boolean isAll() {
    return asked.filter(ALL::equals).isPresent();
  }

  /**
   * The one class that was asked for, if one was.
   *
   * @throws io.ddgan.api.RefusedException if the run has no such class; the message lists those
   *     that it has
   */
  public Optional<Integer> label(TrainedRun run, TrainedGenerator generator) throws IOException {
    return asked.isEmpty() || isAll()
        ? Optional.empty()
        : Optional.of(run.classes(generator).number(asked.get()));
  }
}
