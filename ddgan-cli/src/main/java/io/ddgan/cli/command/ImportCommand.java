package io.ddgan.cli.command;

import io.ddgan.api.DataShape;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.process.Invocation;
import io.ddgan.app.training.RunImport;
import io.ddgan.app.training.RunImport.Imported;
import io.ddgan.train.importing.ImportedState;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan import}: makes a run from networks trained elsewhere. */
@Command(name = "import", description = "Make a run from networks trained with PyTorch.")
final class ImportCommand extends Subcommand {

  private final Experiments experiments;
  private final RunImport imports;
  private final Invocation invocation;

  @Parameters(
      index = "0",
      paramLabel = "FILE.pth|FILE.safetensors|FILE.npz",
      description =
          "Generator weights, or a full training state of the reference implementation (.pth).")
  private Path file;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      description = "Override a key, such as schedule.steps=2.")
  private List<String> overrides = List.of();

  @Option(
      names = "--config",
      required = true,
      paramLabel = "PRESET|FILE",
      description = "Preset or file of the experiment that the networks belong to.")
  private String presetOrFile;

  @Option(
      names = "--run",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the new run.")
  private Path run;

  @Option(
      names = "--discriminator",
      paramLabel = "FILE",
      description = "Discriminator weights, if the first file has only the generator.")
  private Optional<Path> discriminator = Optional.empty();

  @Option(
      names = "--shape",
      paramLabel = "CxHxW",
      description =
          "Shape of the data, such as 3x32x32 (default: that of the training state, else of the data set).")
  private Optional<DataShape> shape = Optional.empty();

  @Inject
  ImportCommand(Experiments experiments, RunImport imports, Invocation invocation) {
    this.experiments = experiments;
    this.imports = imports;
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Imported imported =
        imports.run(
            file,
            discriminator,
            shape,
            experiments.read(presetOrFile, overrides),
            new RunFolder(run));
    ImportedState state = imported.state();
    if (state.isWhole()) {
      boolean isKept = state.has(imported.setup().experiment().training().optimiser());
      say(
          "imported step %d with %s, for data of shape %s: %s",
          state.step(),
          isKept
              ? "all training state"
              : "all training state except the optimiser's, which is reset",
          imported.shape(),
          run);
      say("resume with: %s", invocation.of(List.of("train", "--resume", "--run", run)));
    } else {
      String others = state.hasDiscriminator() ? "discriminator" : "new discriminator";
      say(
          "imported into %s: generator (also used as its moving average), %s; for data of shape %s",
          run, imported.setup().hasDiscriminator() ? others : "no discriminator", imported.shape());
      say("the file does not contain its options; using those of %s", presetOrFile);
      say("sample with: %s; training starts at step 0", invocation.of(List.of("sample", run)));
    }
    return ExitCode.OK;
  }
}
