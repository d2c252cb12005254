package io.ddgan.cli;

import io.ddgan.api.Examples;
import io.ddgan.config.Hocon;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.Experiment;
import io.ddgan.train.Network;
import io.ddgan.train.RunCheckpoints;
import io.ddgan.train.Setup;
import io.ddgan.train.TrainedGenerator;
import io.ddgan.train.data.Readers;
import io.ddgan.train.evaluation.EvaluationFiles;
import io.ddgan.train.evaluation.EvaluationRecord;
import io.ddgan.train.evaluation.EvaluationRecord.Machine;
import io.ddgan.train.evaluation.EvaluationRecord.Subject;
import io.ddgan.train.evaluation.EvaluationSettings;
import io.ddgan.train.evaluation.GivenExamples;
import io.ddgan.train.evaluation.Reference;
import io.ddgan.train.evaluation.Workplace;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.samples.CurvePlot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ddgan evaluate}: measures what a run generates, or examples that are there already. */
@Command(
    name = "evaluate",
    description = "Measure what a run generates, or pictures that are there already.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {

  private static final String ALL = "all";

  @Parameters(
      index = "0",
      paramLabel = "RUN|FOLDER|FILE.npz",
      description = "A run's folder, a folder of pictures, or an array of examples.")
  private Path target;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      description =
          "Override of sampler, evaluation or data, such as sampler.type=ddim or"
              + " evaluation.features.weights=FILE.")
  private List<String> overrides = List.of();

  @Mixin private EvaluationOptions evaluation;

  @Option(
      names = "--reference",
      paramLabel = "DATA|FOLDER|FILE.npz|none",
      description =
          "What is compared with: a data set's type, a folder of pictures, or an .npz file with"
              + " examples or with their statistics mu and sigma (default: the run's data).")
  private Optional<String> reference = Optional.empty();

  @Option(
      names = "--save-reference",
      paramLabel = "FILE.npz",
      description = "Write the statistics mu and sigma of what is compared with.")
  private Optional<Path> savedReference = Optional.empty();

  @Option(
      names = "--checkpoint",
      paramLabel = "STEP|latest|best|all",
      description = "Which of the run's checkpoints (default: the latest).")
  private Optional<String> checkpoint = Optional.empty();

  @Option(names = "--raw", description = "The weights as trained, instead of their average.")
  private boolean raw;

  @Mixin private SamplingOptions sampling;

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Option(
      names = "--resume",
      description = "Use the features that the same evaluation had finished when it was stopped.")
  private boolean resume;

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Farewell farewell =
        Farewell.say(
            "stopped; what was extracted is kept: go on with the same command and --resume", err);
    try (Assembly assembly = main.assemble();
        Readers readers = Readers.start(); // before the library may bind this thread to one core
        EvaluationProgress progress = new EvaluationProgress(err, Main.isTerminal())) {
      Workplace workplace = new Workplace(main.cache(), readers, progress, () -> false);
      RunFolder folder = new RunFolder(target);
      List<EvaluationRecord> records =
          folder.isRun() ? run(assembly, folder, workplace) : examples(assembly, workplace);
      progress.finish();
      show(new EvaluationReport(records));
    } finally {
      farewell.withdraw();
    }
    return ExitCode.OK;
  }

  private void show(EvaluationReport report) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      report.printJson(out);
    } else {
      report.printTable(out);
    }
    if (checkpoint.filter(ALL::equals).isPresent()) {
      Path plot = new RunFolder(target).evaluationPlot();
      CurvePlot.write(report.curves(), plot);
      spec.commandLine().getErr().println("plot: " + plot);
    }
  }

  private List<EvaluationRecord> run(Assembly assembly, RunFolder folder, Workplace workplace)
      throws IOException {
    List<String> all = new ArrayList<>(overrides);
    if (reference.isPresent()) {
      all.removeAll(dataOverrides()); // they are about what the run is compared with
    }
    all.addAll(evaluation.overrides(Hocon.file(folder.experiment())));
    Experiment experiment = assembly.trained(folder, all, Set.of("sampler", "evaluation", "data"));
    Setup setup = assembly.setup(experiment);
    RunCheckpoints checkpoints = RunCheckpoints.of(folder);
    List<Long> steps = steps(checkpoints);
    Network which = raw ? Network.GENERATOR : Network.AVERAGE;
    String sampler = assembly.rendered(experiment.sampler());
    long seed = sampling.seed(setup);
    EvaluationFiles files = new EvaluationFiles(folder.root());
    Backend backend = Backend.load();
    List<EvaluationRecord> records = new ArrayList<>();
    try (Reference real = reference(assembly, experiment);
        Measuring measuring =
            new Measuring(experiment.evaluation(), real, workplace, machine(backend), resume)) {
      for (long step : steps) {
        Subject subject = new Subject(Optional.of(step), raw ? "raw" : "average", sampler, seed);
        try (TrainedGenerator generator =
            TrainedGenerator.load(setup, checkpoints.load(step), which, sampling.batch())) {
          List<EvaluationRecord> measured =
              measuring.measure(subject, generator.drawn(new RandomStreams(seed)));
          files.add(measured);
          records.addAll(measured);
        }
      }
      finish(measuring);
    }
    return records;
  }

  private Reference reference(Assembly assembly, Experiment experiment) throws IOException {
    if (reference.isPresent()) {
      return new References(assembly)
          .open(reference.get(), dataOverrides(), experiment.data().shape());
    }
    return Reference.of(assembly.typeOf(experiment.data()), experiment.data().open());
  }

  private List<String> dataOverrides() {
    return overrides.stream().filter(override -> override.startsWith("data.")).toList();
  }

  private List<Long> steps(RunCheckpoints checkpoints) throws IOException {
    String asked = checkpoint.orElse("latest");
    return switch (asked) {
      case "latest" -> List.of(checkpoints.latest());
      case "best" -> List.of(checkpoints.best());
      case ALL -> checkpoints.steps();
      default -> {
        requireUse(
            asked.matches("\\d{1,18}"),
            "--checkpoint is a step, latest, best or all, not " + asked);
        yield List.of(Long.valueOf(asked));
      }
    };
  }

  private List<EvaluationRecord> examples(Assembly assembly, Workplace workplace)
      throws IOException {
    requireUse(
        checkpoint.isEmpty() && !raw && sampling.batch().isEmpty(),
        "--checkpoint, --raw and --batch go with a run, but %s is none".formatted(target));
    List<String> all = new ArrayList<>(overrides);
    all.addAll(evaluation.overrides());
    assembly.requireWithin(Set.of("evaluation", "data"), all, "%s is no run".formatted(target));
    EvaluationSettings settings = assembly.evaluation(all);
    Backend backend = Backend.load();
    long seed = sampling.seed().orElse(0L);
    References references = new References(assembly);
    try (Reference real =
            references.open(reference.orElse(References.NONE), dataOverrides(), Optional.empty());
        Reference given = given(references, real);
        Measuring measuring = new Measuring(settings, real, workplace, machine(backend), resume)) {
      Subject subject = new Subject(Optional.empty(), target.toString(), "", seed);
      List<EvaluationRecord> records =
          measuring.measure(
              subject, new GivenExamples(given.examples().orElseThrow(), workplace.readers()));
      finish(measuring);
      return records;
    }
  }

  /** The examples that are there already. */
  private Reference given(References references, Reference real) throws IOException {
    if (!Files.exists(target)
        || !(Files.isDirectory(target) || target.toString().endsWith(".npz"))) {
      throw new IOException(
          "%s is neither a run, nor a folder of pictures, nor an .npz file".formatted(target));
    }
    Reference given;
    try {
      given = references.open(target.toString(), List.of(), real.examples().map(Examples::shape));
    } catch (IOException e) {
      throw new IOException(
          "%s is no run: it has no experiment.conf; and no other examples: %s"
              .formatted(target, e.getMessage()),
          e);
    }
    if (given.examples().isEmpty()) {
      throw new IOException(
          "%s holds statistics, not examples; name it with --reference".formatted(target));
    }
    return given;
  }

  private void finish(Measuring measuring) throws IOException {
    if (savedReference.isPresent()) {
      measuring.saveReference(savedReference.get());
    }
    measuring.finish();
  }

  private static Machine machine(Backend backend) {
    return new Machine(
        "%s, %d cores".formatted(Provenance.processor(), backend.cores()), backend.threads());
  }

  private void requireUse(boolean isRight, String message) {
    if (!isRight) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
