package io.ddgan.cli.command;

import io.ddgan.app.environment.Backend;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.TrainedRun;
import io.ddgan.app.models.ModelExport;
import io.ddgan.app.process.Invocation;
import io.ddgan.app.text.Quantities;
import io.ddgan.internal.file.Folders;
import io.ddgan.internal.file.WriteCheck;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.internal.weights.WeightFormat;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.export.ExportedPart;
import io.ddgan.train.export.SamplerFormat;
import io.ddgan.train.export.Signature;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.TrainedGenerator;
import io.ddgan.train.step.CheckpointNetwork;
import jakarta.inject.Inject;
import java.io.IOException;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan export}: exports weights, samplers and models. */
@Command(
    name = "export",
    description =
        "Export a run's weights for PyTorch and other programs, its sampler for ONNX Runtime or SameDiff, or a model folder, which holds only what sampling needs. The latest checkpoint is used.")
final class ExportCommand extends Subcommand {

  private static final String MODULE = "module.";
  private static final String OTHER_FILE = "choose another file with --out";

  private final Experiments experiments;
  private final Invocation invocation;

  @Parameters(
      index = "0",
      paramLabel = "RUN|MODEL",
      description = "Folder of a run, or the name of a model (see ddgan models).")
  private RunFolder run;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      description =
          "For .onnx and .fb: override keys of the sampler, such as sampler.type=ddim sampler.steps=10.")
  private List<String> overrides = List.of();

  @ArgGroup(multiplicity = "1")
  private Target target;

  private static final class Target {

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description =
            "File to write or replace: weights (.pth, .safetensors or .npz) or a sampler (.onnx, or .fb for SameDiff).")
    private Path file;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private ModelGroup model;
  }

  private static final class ModelGroup {

    @Option(
        names = "--model",
        required = true,
        paramLabel = "FOLDER",
        description =
            "New folder for a model: a run with only the averaged generator. It can be sampled, evaluated and used with --init-from, but not resumed.")
    private Path folder;

    @Option(
        names = "--with-discriminator",
        description =
            "With --model: include the discriminator, so that ddgan play can show maps of its output.")
    private boolean withDiscriminator;
  }

  @Option(
      names = "--network",
      paramLabel = "ema|generator|discriminator",
      description =
          "For weights: the network to export (default: ema, the generator's moving average).")
  private Optional<CheckpointNetwork> network = Optional.empty();

  @Option(
      names = "--module-prefix",
      description =
          "For weights: prefix all names with \"module.\", as the reference sampling script expects.")
  private boolean prefix;

  @Option(
      names = "--graph",
      paramLabel = "sampler|generator",
      description =
          "For .onnx and .fb: export all sampler steps, or one evaluation of the generator (default: sampler).")
  private Optional<ExportedPart> part = Optional.empty();

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      converter = Positive.class,
      description = "For .onnx and .fb: fixed batch size (default: any in .onnx, 1 in .fb).")
  private Optional<Integer> batch = Optional.empty();

  @Inject
  ExportCommand(Experiments experiments, Invocation invocation) {
    this.experiments = experiments;
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Optional<SamplerFormat> format = Optional.ofNullable(target.file).flatMap(SamplerFormat::of);
    require(
        format.isPresent() || (overrides.isEmpty() && part.isEmpty() && batch.isEmpty()),
        "KEY=VALUE, --graph and --batch-size require --out FILE.onnx or FILE.fb");
    require(
        (target.model == null && format.isEmpty()) || (network.isEmpty() && !prefix),
        "--network and --module-prefix require --out with a weights file");
    if (target.model != null) {
      exportModel(target.model);
    } else if (format.isPresent()) {
      exportSampler(target.file, format.get(), part.orElse(ExportedPart.SAMPLER));
    } else {
      exportWeights(target.file, network.orElse(CheckpointNetwork.EMA));
    }
    return ExitCode.OK;
  }

  private void exportSampler(Path file, SamplerFormat format, ExportedPart chosen)
      throws IOException {
    require(
        overrides.isEmpty() || chosen == ExportedPart.SAMPLER,
        "KEY=VALUE requires --graph sampler");
    TrainedRun trained = experiments.open(run, overrides, Set.of("sampler"));
    WriteCheck.require(file, OTHER_FILE);
    Backend.load();
    try (TrainedGenerator generator = trained.loadLatest(Optional.empty())) {
      Signature signature = generator.export(file, format, chosen, batch, trained.notes(generator));
      String size = Quantities.bytes(Files.size(file));
      say("%s of step %,d, %s: %s", chosen, generator.step(), size, file);
      say("inputs: %s", Signature.text(signature.inputs()));
      say("outputs: %s", Signature.text(signature.outputs()));
    }
  }

  private void exportModel(ModelGroup model) throws IOException {
    run.requireRun();
    var unused = experiments.of(run); // throws if it cannot be sampled
    Set<CheckpointNetwork> networks = EnumSet.of(CheckpointNetwork.EMA);
    if (model.withDiscriminator) {
      networks.add(CheckpointNetwork.DISCRIMINATOR);
    }
    long step = RunCheckpoints.of(run).latest();
    new ModelExport(run).to(new RunFolder(model.folder), step, networks);
    String size = Quantities.bytes(Folders.bytes(model.folder));
    say("averaged generator of step %,d, %s: %s", step, size, model.folder);
    say("sample with: %s", invocation.of(List.of("sample", model.folder)));
  }

  private void exportWeights(Path file, CheckpointNetwork chosen) throws IOException {
    WeightFormat format = WeightFormat.of(file);
    run.requireRun();
    WriteCheck.require(file, OTHER_FILE);
    RunCheckpoints checkpoints = RunCheckpoints.of(run);
    Checkpoint checkpoint =
        CheckpointNetwork.load(EnumSet.of(chosen), checkpoints, checkpoints.latest());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    checkpoint
        .part(chosen.part())
        .tensors()
        .forEach((name, tensor) -> tensors.put(prefix ? MODULE + name : name, tensor));
    format.write(file, tensors);
    say(
        "%s of step %d, %,d values in %d tensors: %s",
        chosen.toString().toLowerCase(Locale.ROOT),
        checkpoint.step(),
        tensors.values().stream().mapToLong(t -> t.values().remaining()).sum(),
        tensors.size(),
        file);
  }
}
