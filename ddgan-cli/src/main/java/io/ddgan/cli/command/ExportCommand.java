package io.ddgan.cli.command;

import io.ddgan.file.Writable;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.step.StoredNetwork;
import io.ddgan.weights.Tensor;
import io.ddgan.weights.WeightFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ddgan export}: writes a run's weights for other programs. */
@Command(
    name = "export",
    description = "Write a run's latest weights for PyTorch and other programs.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Subcommand {

  private static final String MODULE = "module.";

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  private Path run;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE.pth|FILE.safetensors|FILE.npz",
      description = "The file, which is replaced if it exists.")
  private Path target;

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

  @Override
  public Integer call() throws IOException {
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
    return ExitCode.OK;
  }
}
