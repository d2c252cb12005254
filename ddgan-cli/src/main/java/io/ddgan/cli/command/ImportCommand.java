package io.ddgan.cli.command;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.RefusedException;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.environment.EnvironmentInfo;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.Setups;
import io.ddgan.cli.options.Invocation;
import io.ddgan.cli.options.Usage;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.config.HoconRenderer;
import io.ddgan.internal.file.LockFile;
import io.ddgan.internal.file.Sha256;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.importing.ImportedState;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunClasses;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
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

  private static final Pattern SHAPE = Pattern.compile("[1-9]\\d{0,6}(x[1-9]\\d{0,4}){0,2}");

  private final Experiments experiments;
  private final Setups setups;
  private final HoconRenderer renderer;
  private final EnvironmentInfo environment;
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
      description =
          "Shape of the data, such as 3x32x32"
              + " (default: what the training state says, else the data set's).")
  private Optional<String> shape = Optional.empty();

  @Spec private CommandSpec spec;

  @Inject
  ImportCommand(
      Experiments experiments,
      Setups setups,
      HoconRenderer renderer,
      EnvironmentInfo environment,
      Invocation invocation) {
    this.experiments = experiments;
    this.setups = setups;
    this.renderer = renderer;
    this.environment = environment;
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Optional<DataShape> given = shape.map(this::parse);
    RunFolder folder = new RunFolder(run);
    Experiment experiment = experiments.read(presetOrFile, overrides);
    String text = renderer.render(experiment);
    folder.requireFree();
    ImportedState state = read();
    ReferenceOptionsCheck.requireEqual(
        file.toString(), state.options(), Hocon.text(text, presetOrFile));
    Setup setup = setups.of(experiment);
    boolean isDenoiser = !setup.hasDiscriminator();
    if (isDenoiser && state.hasDiscriminator()) {
      throw new RefusedException(
          "there is a discriminator, but this objective has none; import into an adversarial experiment, or the generator alone");
    }
    requireSameShape(given, state);
    Optional<DataShape> known = given.or(state::shape).or(experiment.data()::shape);
    DataShape data = known.isPresent() ? known.get() : shapeOfData(setup);
    Backend backend = Backend.load();
    RunClasses classes = classesOfData(setup);
    Checkpoint checkpoint = state.checkpoint(setup, data, classes.count());
    Provenance provenance =
        Provenance.of(text, experiment.seed())
            .withClasses(classes.names())
            .with(Provenance.IMPORTED_FROM, file.toString())
            .with("imported-sha256", Sha256.of(file))
            .with("imported-in", environment.of(backend).facts());
    LockFile lock =
        folder.create(
            text,
            () -> {
              provenance.write(folder.provenance());
              new CheckpointStore(folder.checkpoints()).save(checkpoint);
            });
    lock.close();
    report(state, data, setup);
    return ExitCode.OK;
  }

  private ImportedState read() throws IOException {
    ImportedState state = ImportedState.read(file);
    if (discriminator.isEmpty()) {
      return state;
    }
    Usage.require(
        spec,
        !state.hasDiscriminator(),
        file + " has a discriminator of its own; leave --discriminator out");
    return state.withDiscriminator(discriminator.get());
  }

  private void requireSameShape(Optional<DataShape> given, ImportedState state) {
    if (given.isPresent() && state.shape().isPresent()) {
      Usage.require(
          spec,
          given.equals(state.shape()),
          "--shape says %s, but %s was trained on data of the shape %s; leave --shape out"
              .formatted(given.get(), file, state.shape().get()));
    }
  }

  /** Networks that see the class need to know how many there are; others do without the data. */
  private static RunClasses classesOfData(Setup setup) {
    try (Examples data = setup.open()) {
      return RunClasses.of(data);
    } catch (IOException e) {
      return new RunClasses(setup.experiment().data().classes(), List.of());
    }
  }

  private DataShape shapeOfData(Setup setup) throws IOException {
    try (Examples data = setup.open()) {
      return data.shape();
    } catch (IOException e) {
      throw new IOException(
          e.getMessage() + "; or say the shape of the data with --shape, such as --shape 3x32x32",
          e);
    }
  }

  private DataShape parse(String text) {
    Usage.require(
        spec,
        SHAPE.matcher(text).matches(),
        "--shape must be like 3x32x32 for images or 2 for points, not " + text);
    return new DataShape(Arrays.stream(text.split("x", -1)).map(Integer::valueOf).toList());
  }

  private void report(ImportedState state, DataShape data, Setup setup) {
    PrintWriter out = spec.commandLine().getOut();
    boolean isDenoiser = !setup.hasDiscriminator();
    if (state.isWhole()) {
      boolean isKept = state.has(setup.experiment().training().optimiser());
      out.printf(
          "step %d with %s, for data of the shape %s: %s%n",
          state.step(),
          isKept
              ? "all that training needs"
              : "all but what the experiment's optimiser keeps, which begins again",
          data,
          run);
      out.println("continue with: " + invocation.of(List.of("train", "--resume", "--run", run)));
    } else {
      out.printf(
          "imported into %s: generator, also used as its moving average; %s; for data of the shape %s%n",
          run,
          isDenoiser
              ? "no discriminator"
              : state.hasDiscriminator() ? "discriminator" : "new discriminator",
          data);
      out.printf("its file does not say its options; they are taken from %s%n", presetOrFile);
      out.printf(
          "samples with: %s; training would begin at step 0%n",
          invocation.of(List.of("sample", run)));
    }
  }
}
