package io.ddgan.cli;

import io.ddgan.api.Examples;
import io.ddgan.api.Metric;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.Setup;
import io.ddgan.train.TrainedGenerator;
import io.ddgan.train.data.InMemoryExamples;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ddgan evaluate}: measures what a run's averaged weights generate. */
@Command(
    name = "evaluate",
    description = "Measure examples of a run's latest, averaged weights.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {

  @Mixin private TrainedRun run;
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try (Assembly assembly = main.assemble()) {
      Setup setup = run.setup(assembly);
      List<Metric> metrics = setup.experiment().metrics();
      if (metrics.isEmpty()) {
        throw new IllegalArgumentException(
            "the run names no metrics; name some, such as metrics=[{type=mode-coverage}]");
      }
      Backend.load();
      RandomStreams random = new RandomStreams(run.seed(setup));
      try (Examples data = setup.open();
          TrainedGenerator generator = run.generator(setup)) {
        if (!data.shape().equals(generator.shape())) {
          throw new IllegalArgumentException(
              "the run was trained on data of the shape %s, but the data set has the shape %s"
                  .formatted(generator.shape(), data.shape()));
        }
        int most = metrics.stream().mapToInt(Metric::samples).max().orElseThrow();
        float[] samples = generator.sample(random, most);
        for (Metric metric : metrics) {
          float[] some = Arrays.copyOf(samples, metric.samples() * generator.shape().size());
          var examples = new InMemoryExamples(generator.shape(), some, Optional.empty());
          print(metric, generator.step(), metric.evaluate(examples, data));
        }
      }
    }
    return ExitCode.OK;
  }

  private void print(Metric metric, long step, Map<String, Double> values) {
    var out = spec.commandLine().getOut();
    out.printf("%,d examples of step %d%n", metric.samples(), step);
    values.forEach((name, value) -> out.printf("%-28s %s%n", name, Progress.number(value)));
    out.flush();
  }
}
