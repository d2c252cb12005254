package io.ddgan.cli.command;

import io.ddgan.cli.experiment.Experiments;
import io.ddgan.cli.models.ModelExport;
import io.ddgan.cli.options.Invocation;
import io.ddgan.cli.options.RunConverter;
import io.ddgan.cli.options.Usage;
import io.ddgan.cli.runs.DiskUse;
import io.ddgan.cli.terminal.Quantities;
import io.ddgan.file.Writable;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.step.StoredNetwork;
import io.ddgan.weights.Tensor;
import io.ddgan.weights.WeightFormat;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ddgan export}: writes a run's weights for other programs. */
@Command(
    name = "export",
    description = "Write a run's latest weights for PyTorch and other programs, or as a model.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Subcommand {

  private static final String MODULE = "module.";

  private final Experiments experiments;
  private final Invocation invocation;

  @Parameters(
      paramLabel = "RUN|MODEL",
      converter = RunConverter.class,
      description = "The run's folder, or one of ddgan models.")
  private Path run;

  @ArgGroup(multiplicity = "1")
  private Target target;

  /** One of them. */
  private static final class Target {

    @Option(
        names = "--to",
        required = true,
        paramLabel = "FILE.pth|FILE.safetensors|FILE.npz",
        description = "A file of weights, which is replaced if it exists.")
    private Optional<Path> file = Optional.empty();

    @Option(
        names = "--model",
        required = true,
        paramLabel = "FOLDER",
        description =
            "A new folder for a model: a run of the averaged generator alone, which can be sampled,"
                + " measured and begun with, but not trained on.")
    private Optional<Path> model = Optional.empty();
  }

  @Option(
      names = "--network",
      defaultValue = "average",
      paramLabel = "average|generator|discriminator",
      description =
          "Which weights: the generator's moving average, the generator, or the discriminator"
              + " (default: ${DEFAULT-VALUE}).")
  private StoredNetwork network;

  @Option(
      names = "--module-prefix",
      description =
          "Let every name begin with module., as the reference's own sampling script expects.")
  private boolean prefix;

  @Spec private CommandSpec spec;

  @Inject
  ExportCommand(Experiments experiments, Invocation invocation) {
    this.experiments = experiments;
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    if (target.model.isPresent()) {
      Usage.require(
          spec,
          network == StoredNetwork.AVERAGE && !prefix,
          "a model has the average, under its own names; --network and --module-prefix go with --to");
      exportModel(new RunFolder(target.model.get()));
    } else {
      exportFile(target.file.orElseThrow());
    }
    return ExitCode.OK;
  }

  private void exportModel(RunFolder model) throws IOException {
    RunFolder folder = new RunFolder(run);
    folder.requireRun();
    var unused = experiments.of(folder); // throws if nobody could sample it
    long step = new ModelExport(folder).to(model);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "averaged generator of step %,d, %s: %s%n",
        step, Quantities.bytes(DiskUse.of(model.root()).bytes()), model.root());
    out.println("samples with: " + invocation.of(List.of("sample", model.root())));
    out.flush();
  }

  private void exportFile(Path target) throws IOException {
    WeightFormat format = WeightFormat.of(target);
    RunFolder folder = new RunFolder(run);
    folder.requireRun();
    Writable.require(target, "name another file with --to");
    StoredNetwork.Weights weights = network.of(folder);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    weights.tensors().forEach((name, tensor) -> tensors.put(prefix ? MODULE + name : name, tensor));
    format.write(target, tensors);
    PrintWriter out = spec.commandLine().getOut();
    long values = tensors.values().stream().mapToLong(t -> t.values().remaining()).sum();
    out.printf(
        "%s of step %d, %,d values in %d tensors: %s%n",
        network.toString().toLowerCase(Locale.ROOT),
        weights.step(),
        values,
        tensors.size(),
        target);
    out.flush();
  }
}
