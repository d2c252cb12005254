package io.ddgan.cli.command;

import io.ddgan.api.DataShape;
import io.ddgan.app.benchmark.Benchmark;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.internal.file.Json;
import io.ddgan.internal.file.ProcFile;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.Setup;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan bench}: times training and sampling on this machine. */
@Command(
    name = "bench",
    description = "Time training and sampling with an experiment's networks on this machine.")
final class BenchCommand extends Subcommand {

  private final Experiments experiments;

  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "bench",
      paramLabel = "PRESET|FILE",
      description = "Experiment whose networks are timed (default: ${DEFAULT-VALUE}).")
  private String presetOrFile;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      description = "Override a key, such as training.batch-size=4 or executor=nd4j.")
  private List<String> overrides = List.of();

  @Option(
      names = "--shape",
      paramLabel = "CxHxW",
      defaultValue = "3x32x32",
      description = "Shape of the images (default: ${DEFAULT-VALUE}).")
  private DataShape shape;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description =
          "Seconds of training before timing starts, so that Java can compile (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "5",
      converter = Positive.class,
      description = "Number of timed repetitions (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Mixin private ThreadsOption unusedThreads; // parsing checks it

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Option(
      names = "--breakdown",
      description = "Also show how the time of a training step without R1 is divided.")
  private boolean breakdown;

  @Inject
  BenchCommand(Experiments experiments) {
    this.experiments = experiments;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (Readers readers =
        Readers.start()) { // started before the library may bind this thread to one core
      Setup setup = experiments.setup(experiments.read(presetOrFile, overrides));
      Backend backend = Backend.load();
      Map<String, Object> results = new LinkedHashMap<>();
      results.put("backend", backend.name());
      results.put("executor", setup.engine().name());
      results.put("threads", backend.threads());
      results.putAll(new Benchmark(setup, shape, warmUp, runs, readers).run(breakdown));
      long peak = ProcFile.bytes(Path.of("/proc/self/status"), "VmHWM").orElse(0L);
      results.put("peak_rss_mib", peak >> 20); // 0 if the system does not report it
      if (json) {
        out().print(Json.pretty(results));
      } else {
        print(results);
      }
      out().flush();
    }
    return ExitCode.OK;
  }

  private void print(Map<?, ?> results) {
    results.forEach(
        (name, value) -> {
          if (name.equals(Benchmark.BREAKDOWN)) {
            print((Map<?, ?>) value);
          } else {
            say("%-26s %s", name, value);
          }
        });
  }
}
