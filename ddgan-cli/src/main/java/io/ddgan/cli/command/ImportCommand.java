package io.ddgan.cli.command;

import io.ddgan.api.DataShape;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.process.Invocation;
import io.ddgan.app.training.RunImport;
import io.ddgan.app.training.RunImport.Imported;
import io.ddgan.app.training.RunImport.Source;
import io.ddgan.train.importing.ImportedState;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ddgan import}: makes a run of networks that were trained elsewhere. */
@Command(
    name = "import",
    description = "Make a run of networks that were trained with PyTorch.",
    mixinStandardHelpOptions = true)
final class ImportCommand implements Subcommand {

  private final Experiments experiments;
  private final RunImport imports;
  private final Invocation invocation;

  @Parameters(
      index = "0",
      paramLabel = "FILE.pth|FILE.safetensors|FILE.npz",
      description = "The generator's weights, or the reference's whole training state (.pth).")
  private Path file;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      description = "Override of a key, such as schedule.steps=2.")
  private List<String> overrides = List.of();

  @Option(
      names = "--config",
      required = true,
      paramLabel = "PRESET|FILE",
      description = "The experiment that the networks belong to.")
  private String presetOrFile;

  @Option(
      names = "--run",
      required = true,
      paramLabel = "DIR",
      description = "The new run's folder.")
  private Path run;

  @Option(
      names = "--discriminator",
      paramLabel = "FILE",
      description = "The discriminator's weights, for a generator alone.")
  private Optional<Path> discriminator = Optional.empty();

  @Option(
      names = "--shape",
      paramLabel = "CxHxW",
      converter = ShapeConverter.class,
      description =
          "Shape of the data, such as 3x32x32"
              + " (default: what the training state says, else the data set's).")
  private Optional<DataShape> shape = Optional.empty();

  @Spec private CommandSpec spec;

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
            new Source(file, discriminator, shape),
            experiments.read(presetOrFile, overrides),
            new RunFolder(run));
    PrintWriter out = spec.commandLine().getOut();
    ImportedState state = imported.state();
    if (state.isWhole()) {
      boolean isKept = state.has(imported.setup().experiment().training().optimiser());
      out.printf(
          "step %d with %s, for data of the shape %s: %s%n",
          state.step(),
          isKept
              ? "all that training needs"
              : "all but what the experiment's optimiser keeps, which begins again",
          imported.shape(),
          run);
      out.println("continue with: " + invocation.of(List.of("train", "--resume", "--run", run)));
    } else {
      String others = state.hasDiscriminator() ? "discriminator" : "new discriminator";
      out.printf(
          "imported into %s: generator, also used as its moving average; %s; for data of the shape %s%n",
          run, imported.setup().hasDiscriminator() ? others : "no discriminator", imported.shape());
      out.printf("its file does not say its options; they are taken from %s%n", presetOrFile);
      out.printf(
          "samples with: %s; training would begin at step 0%n",
          invocation.of(List.of("sample", run)));
    }
    return ExitCode.OK;
  }

  private static final class ShapeConverter implements ITypeConverter<DataShape> {

    @Override
    public DataShape convert(String word) {
      return new DataShape(Arrays.stream(word.split("x")).map(Integer::valueOf).toList());
    }
  }
}
