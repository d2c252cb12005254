package io.ddgan.cli.command;

import io.ddgan.api.RefusedException;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.TrainedRun;
import io.ddgan.app.experiment.TrainedRuns;
import io.ddgan.app.models.ModelExport;
import io.ddgan.app.runs.DiskUse;
import io.ddgan.app.sampling.ExportNotes;
import io.ddgan.cli.options.Invocation;
import io.ddgan.cli.options.RunConverter;
import io.ddgan.cli.options.Usage;
import io.ddgan.cli.terminal.Quantities;
import io.ddgan.internal.file.Writable;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.internal.weights.WeightFormat;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.export.ExportedPart;
import io.ddgan.train.export.SamplerFormat;
import io.ddgan.train.export.Signature;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.TrainedGenerator;
import io.ddgan.train.step.StoredNetwork;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ddgan export}: writes what a run has trained for other programs. */
@Command(
    name = "export",
    description =
        "Write a run's latest weights for PyTorch and other programs, its sampler for ONNX Runtime"
            + " or SameDiff, or a model.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Subcommand {

  private static final String MODULE = "module.";
  private static final int LARGEST_BATCH = 10_000;
  private static final String INSTEAD = "name another file with --to";

  private final Experiments experiments;
  private final TrainedRuns runs;
  private final Invocation invocation;

  @Parameters(
      index = "0",
      paramLabel = "RUN|MODEL",
      converter = RunConverter.class,
      description = "The run's folder, or one of ddgan models.")
  private Path run;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      description =
          "For .onnx and .fb: a sampler other than the run's, such as sampler.type=ddim"
              + " sampler.steps=10.")
  private List<String> overrides = List.of();

  @ArgGroup(multiplicity = "1")
  private Target target;

  /** One of them. */
  private static final class Target {

    @Option(
        names = "--to",
        required = true,
        paramLabel = "FILE",
        description =
            "A file, which is replaced if it exists: weights as .pth, .safetensors or .npz; what"
                + " samples as .onnx, or .fb of SameDiff.")
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
      names = "--with-discriminator",
      description = "For a model: include the discriminator too, for the maps of ddgan play.")
  private boolean withDiscriminator;

  @Option(
      names = "--part",
      defaultValue = "sampler",
      paramLabel = "sampler|generator",
      description =
          "For .onnx and .fb: the whole way from noise to examples, or one evaluation of the network"
              + " (default: ${DEFAULT-VALUE}).")
  private ExportedPart part;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "For .onnx and .fb: how many examples are made at a time (default: any number in .onnx,"
              + " 1 in .fb).")
  private Optional<Integer> batch = Optional.empty();

  @Option(
      names = "--module-prefix",
      description =
          "Let every name begin with module., as the reference's own sampling script expects.")
  private boolean prefix;

  @Spec private CommandSpec spec;

  @Inject
  ExportCommand(Experiments experiments, TrainedRuns runs, Invocation invocation) {
    this.experiments = experiments;
    this.runs = runs;
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Usage.requireAtLeast(1, spec, "--batch", batch.orElse(1));
    Usage.require(spec, batch.orElse(1) <= LARGEST_BATCH, "--batch is at most 10,000");
    Optional<SamplerFormat> sampler = target.file.flatMap(SamplerFormat::of);
    Usage.require(
        spec,
        sampler.isEmpty() || !(isGiven("--network") || prefix),
        "a sampler is made of the average; --network and --module-prefix go with files of weights");
    Usage.require(
        spec,
        sampler.isPresent() || !(isGiven("--part") || batch.isPresent() || !overrides.isEmpty()),
        "--part, --batch and another sampler go with --to FILE.onnx or FILE.fb");
    Usage.require(
        spec,
        part == ExportedPart.SAMPLER || overrides.isEmpty(),
        "one evaluation of the network has no sampler; leave %s out"
            .formatted(String.join(" ", overrides)));
    Usage.require(
        spec,
        target.model.isPresent() || !withDiscriminator,
        "--with-discriminator goes with --model; for a file, use --network discriminator");
    if (sampler.isPresent()) {
      exportSampler(target.file.orElseThrow(), sampler.get());
    } else if (target.file.isPresent()) {
      exportFile(target.file.get());
    } else {
      Usage.require(
          spec,
          !(isGiven("--network") || prefix),
          "a model has the average, under its own names; --network and --module-prefix go with --to");
      exportModel(new RunFolder(target.model.orElseThrow()));
    }
    return ExitCode.OK;
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private void exportSampler(Path file, SamplerFormat format) throws IOException {
    RunFolder folder = new RunFolder(run);
    TrainedRun trained = runs.open(folder, overrides, Set.of("sampler"));
    Writable.require(file, INSTEAD);
    Backend.load();
    try (TrainedGenerator generator = trained.loadLatest(Optional.empty())) {
      Signature signature =
          generator.export(file, format, part, batch, ExportNotes.of(folder, generator));
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "%s of step %,d, %s: %s%n",
          part, generator.step(), Quantities.bytes(Files.size(file)), file);
      out.println("is given " + Signature.text(signature.inputs()));
      out.println("computes " + Signature.text(signature.outputs()));
    }
  }

  private void exportModel(RunFolder model) throws IOException {
    RunFolder folder = new RunFolder(run);
    folder.requireRun();
    var unused = experiments.of(folder); // throws if nobody could sample it
    Set<StoredNetwork> networks =
        withDiscriminator
            ? EnumSet.of(StoredNetwork.AVERAGE, StoredNetwork.DISCRIMINATOR)
            : EnumSet.of(StoredNetwork.AVERAGE);
    long step = RunCheckpoints.of(folder).latest();
    new ModelExport(folder).to(model, step, networks);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "averaged generator of step %,d, %s: %s%n",
        step, Quantities.bytes(DiskUse.of(model.root()).bytes()), model.root());
    out.println("samples with: " + invocation.of(List.of("sample", model.root())));
  }

  private void exportFile(Path target) throws IOException {
    WeightFormat format = weightFormat(target);
    RunFolder folder = new RunFolder(run);
    folder.requireRun();
    Writable.require(target, INSTEAD);
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
  }

  private static WeightFormat weightFormat(Path file) {
    try {
      return WeightFormat.of(file);
    } catch (RefusedException e) {
      throw new RefusedException(
          e.getMessage() + "; the name of a sampler's file ends in .onnx or .fb", e);
    }
  }
}
