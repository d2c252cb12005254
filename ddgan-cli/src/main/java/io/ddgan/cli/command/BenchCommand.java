package io.ddgan.cli.command;

import io.ddgan.api.DataShape;
import io.ddgan.app.benchmark.Benchmark;
import io.ddgan.app.benchmark.Breakdown;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.cli.options.Positive;
import io.ddgan.internal.file.Json;
import io.ddgan.internal.file.ProcFile;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.Setup;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ddgan bench}: times training and sampling on this machine. */
@Command(
    name = "bench",
    description = "Time training and sampling of a network of a given size on this machine.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Subcommand {

  private final Experiments experiments;

  @Option(names = "--nf", defaultValue = "32", description = "The generator's base channels.")
  private int baseChannels;

  @Option(names = "--mult", defaultValue = "1,2,2", description = "Its channel multipliers.")
  private String multipliers;

  @Option(names = "--res", defaultValue = "1", description = "Residual blocks per resolution.")
  private int residualBlocks;

  @Option(names = "--batch", defaultValue = "16", description = "Examples in a batch.")
  private int batch;

  @Option(names = "--ngf", defaultValue = "32", description = "The discriminator's base channels.")
  private int discriminatorChannels;

  @Option(names = "--image", defaultValue = "32", description = "Height and width in pixels.")
  private int size;

  @Option(names = "--channels", defaultValue = "3", description = "The images' channels.")
  private int channels;

  @Option(names = "--steps", defaultValue = "4", description = "Denoising steps T.")
  private int steps;

  @Option(
      names = "--warm-up",
      defaultValue = "15",
      description = "Seconds of training before the first run that counts, while Java compiles.")
  private int warmUp;

  @Option(
      names = "--runs",
      defaultValue = "5",
      converter = Positive.class,
      description = "Runs that count.")
  private int runs;

  @Option(
      names = "--executor",
      defaultValue = "auto",
      description =
          "Which library computes: ${DEFAULT-VALUE}, or another executor of the command list.")
  private String executor;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--breakdown",
      description = "Say where the time of a training step without R1 goes, too.")
  private boolean breakdown;

  @Spec private CommandSpec spec;

  @Inject
  BenchCommand(Experiments experiments) {
    this.experiments = experiments;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (Readers readers = Readers.start()) { // before the library may bind this thread to one core
      Setup setup = experiments.setup(experiments.read("smoke", overrides()));
      Backend backend = Backend.load();
      DataShape shape = DataShape.image(channels, size, size);
      Map<String, Object> results = new LinkedHashMap<>();
      results.put("backend", backend.name());
      results.put("executor", setup.engine().name());
      results.put("threads", backend.threads());
      Benchmark benchmark = new Benchmark(setup, shape, warmUp, runs, readers);
      results.putAll(benchmark.run());
      results.put("peak_rss_mib", peakMemory());
      Optional<Breakdown> parts = breakdown ? Optional.of(benchmark.breakdown()) : Optional.empty();
      if (json) {
        parts.ifPresent(part -> results.put("breakdown", part.toMap()));
        out.print(Json.pretty(results));
      } else {
        results.forEach((name, value) -> out.printf("%-26s %s%n", name, value));
        parts.ifPresent(part -> print(out, part));
      }
      out.flush();
    }
    return ExitCode.OK;
  }

  private static void print(PrintWriter out, Breakdown breakdown) {
    double step = breakdown.step();
    out.printf("%nkind of native call         calls       ms   share of the step%n");
    for (Breakdown.CallKind kind : breakdown.kinds()) {
      out.printf(
          "%-26s %6d %8.1f %6.1f %%%n",
          kind.name(), kind.calls(), kind.milliseconds(), 100 * kind.milliseconds() / step);
    }
    double outside = breakdown.outside();
    out.printf("%-33s %8.1f %6.1f %%%n", "outside these calls", outside, 100 * outside / step);
    out.printf(
        "convolutions, counted as direct ones: %.0f GFLOP/s%n", breakdown.convolutionGflops());
  }

  private List<String> overrides() {
    return List.of(
        "generator.base-channels=" + baseChannels,
        "generator.multipliers=[" + multipliers + "]",
        "generator.residual-blocks=" + residualBlocks,
        "generator.attention-resolutions=[16]",
        "generator.latent-size=100",
        "generator.style-size=256",
        "generator.mapping-layers=3",
        "discriminator.base-channels=" + discriminatorChannels,
        "discriminator.time-embedding=128",
        "schedule.steps=" + steps,
        "penalty.gamma=0.02",
        "penalty.every=2",
        "executor.type=" + executor,
        "training.batch=" + batch);
  }

  /** In MiB; 0 where the system does not say. */
  private static long peakMemory() {
    return ProcFile.bytes(Path.of("/proc/self/status"), "VmHWM").orElse(0L) >> 20;
  }
}
