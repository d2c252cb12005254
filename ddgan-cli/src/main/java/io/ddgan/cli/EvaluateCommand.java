package io.ddgan.cli;

import io.ddgan.api.Examples;
import io.ddgan.api.Metric;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.Setup;
import io.ddgan.train.TrainedGenerator;
import io.ddgan.train.data.InMemoryExamples;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ddgan evaluate}: measures what a run's averaged weights generate. */
@Command(
    name = "evaluate",
    description = "Measure examples of a run's latest, averaged weights.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's folder.")
  private Path run;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      description =
          "Another sampler or other metrics than the run's, such as sampler.type=ddim or"
              + " metrics=[{type=mode-coverage}].")
  private List<String> overrides = List.of();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of the examples (default: the run's).")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--batch",
      paramLabel = "B",
      description = "Examples generated at a time (default: as in training).")
  private Optional<Integer> batch = Optional.empty();

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    RunFolder folder = new RunFolder(run);
    folder.requireRun();
    try (Assembly assembly = main.assemble()) {
      Setup setup = assembly.setup(assembly.trained(folder, overrides));
      List<Metric> metrics = setup.experiment().metrics();
      if (metrics.isEmpty()) {
        throw new IllegalArgumentException(
            "the run names no metrics; name some, such as metrics=[{type=mode-coverage}]");
      }
      Backend.load();
      RandomStreams random = new RandomStreams(seed.orElse(setup.experiment().seed()));
      try (Examples data = setup.open();
          TrainedGenerator generator = TrainedGenerator.load(setup, folder, batch)) {
        for (Metric metric : metrics) {
          float[] samples = generator.sample(random, metric.samples());
          var examples = new InMemoryExamples(generator.shape(), samples, Optional.empty());
          print(metric, metric.evaluate(examples, data));
        }
      }
    }
    return ExitCode.OK;
  }

  private void print(Metric metric, Map<String, Double> values) {
    var out = spec.commandLine().getOut();
    out.printf("%,d examples%n", metric.samples());
    values.forEach((name, value) -> out.printf("%-28s %s%n", name, Progress.number(value)));
    out.flush();
  }
}
