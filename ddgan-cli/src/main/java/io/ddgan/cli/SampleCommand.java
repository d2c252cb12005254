package io.ddgan.cli;

import io.ddgan.random.RandomStreams;
import io.ddgan.train.Experiment;
import io.ddgan.train.Setup;
import io.ddgan.train.TrainedGenerator;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ddgan sample}: generates examples with a run's averaged weights. */
@Command(
    name = "sample",
    description = "Generate examples with a run's latest, averaged weights.",
    mixinStandardHelpOptions = true)
final class SampleCommand implements Callable<Integer> {

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  private Path run;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "64",
      description = "How many examples (default: ${DEFAULT-VALUE}).")
  private int count;

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

  @Option(
      names = "--out",
      paramLabel = "FILE.png|FILE.npz|FOLDER",
      description = "One picture, an array, or a picture each (default: RUN/samples/seed-S.png).")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--grid", description = "Besides an array or a folder, one picture of all.")
  private boolean grid;

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    requirePositive("--count", count);
    batch.ifPresent(b -> requirePositive("--batch", b));
    PrintWriter console = spec.commandLine().getOut();
    RunFolder folder = new RunFolder(run);
    folder.requireRun();
    try (Assembly assembly = main.assemble()) {
      Experiment experiment = assembly.experiment(folder.experiment().toString(), List.of());
      Setup setup = assembly.setup(experiment);
      Backend.load();
      long drawn = seed.orElse(experiment.seed());
      Path target = out.orElse(folder.samples().resolve("seed-" + drawn + ".png"));
      try (TrainedGenerator generator = TrainedGenerator.load(setup, folder, batch)) {
        SampleOutput output = SampleOutput.to(target, generator.shape(), grid);
        float[] samples = generator.sample(new RandomStreams(drawn), count);
        for (Path file : output.write(samples, setup)) {
          console.printf("%,d examples of step %d: %s%n", count, generator.step(), file);
        }
      }
    }
    return ExitCode.OK;
  }

  private void requirePositive(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), option + " must be at least 1, not " + value);
    }
  }
}
