package io.ddgan.cli;

import io.ddgan.train.Setup;
import io.ddgan.train.TrainedGenerator;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The run that a command generates examples with, and how it does. */
final class TrainedRun {

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's folder.")
  private Path run;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      description =
          "Another sampler or other metrics than the run's, such as sampler.type=ddim"
              + " sampler.steps=50.")
  private List<String> overrides = List.of();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed; example k depends on it and on k alone (default: the run's).")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--batch",
      paramLabel = "B",
      description = "Examples generated at a time (default: as in training).")
  private Optional<Integer> batch = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** The run's folder. */
  RunFolder folder() {
    return new RunFolder(run);
  }

  /**
   * The run's experiment, with the overrides.
   *
   * @throws IOException if the folder holds no run
   */
  Setup setup(Assembly assembly) throws IOException {
    if (batch.isPresent() && batch.get() < 1) {
      throw new ParameterException(
          command.commandLine(), "--batch must be at least 1, not " + batch.get());
    }
    folder().requireRun();
    return assembly.setup(assembly.trained(folder(), overrides));
  }

  /** The seed that examples are drawn with. */
  long seed(Setup setup) {
    return seed.orElse(setup.experiment().seed());
  }

  /** Loads the averaged generator of the latest checkpoint. */
  TrainedGenerator generator(Setup setup) throws IOException {
    return TrainedGenerator.load(setup, folder(), batch);
  }
}
