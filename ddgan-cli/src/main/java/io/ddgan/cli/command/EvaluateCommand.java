package io.ddgan.cli.command;

import com.typesafe.config.ConfigFactory;
import io.ddgan.api.DataShape;
import io.ddgan.api.TrialLauncher;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.evaluation.EvaluatedExamples;
import io.ddgan.app.evaluation.EvaluatedRun;
import io.ddgan.app.evaluation.EvaluatedRun.Floor;
import io.ddgan.app.evaluation.EvaluatedRun.Selection;
import io.ddgan.app.evaluation.EvaluationReport;
import io.ddgan.app.evaluation.References;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.TrainedRun;
import io.ddgan.app.experiment.TrainedRuns;
import io.ddgan.app.models.Models;
import io.ddgan.app.parts.PartedExtraction;
import io.ddgan.app.parts.PartedWork;
import io.ddgan.app.parts.PartedWork.Source;
import io.ddgan.app.parts.PartsOptions;
import io.ddgan.app.process.LocalLauncher;
import io.ddgan.app.sweep.SweepFolder;
import io.ddgan.cli.options.CheckpointOptions;
import io.ddgan.cli.options.CommonOptions;
import io.ddgan.cli.options.ComparisonOptions;
import io.ddgan.cli.options.EvaluationOptions;
import io.ddgan.cli.options.SamplingOptions;
import io.ddgan.cli.options.Usage;
import io.ddgan.cli.terminal.Interruption;
import io.ddgan.cli.terminal.Terminal;
import io.ddgan.cli.terminal.WorkProgress;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.config.PathName;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.train.data.Readers;
import io.ddgan.train.evaluation.ComponentText;
import io.ddgan.train.evaluation.EvaluationContext;
import io.ddgan.train.evaluation.EvaluationSettings;
import io.ddgan.train.evaluation.ExampleRange;
import io.ddgan.train.evaluation.Reference;
import io.ddgan.train.evaluation.RowSource;
import io.ddgan.train.evaluation.records.EvaluationFiles;
import io.ddgan.train.evaluation.records.EvaluationRecord;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ddgan evaluate}: measures what runs generate, or examples that are there already. */
@Command(
    name = "evaluate",
    description =
        "Measure what a run, several runs or the trials of a sweep generate, or pictures that are"
            + " there already.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Subcommand {

  private static final String STOPPED =
      "stopped; what was learnt and extracted is kept: continue with the same command and --resume";

  /** Options that are about several runs, not about each of them. */
  private static final Set<String> NOT_OF_EACH = Set.of("--workers", "--launcher");

  /** Options that are not about the features of examples. */
  private static final Set<String> NOT_OF_PARTS =
      Set.of(
          "--parts",
          "--workers",
          "--launcher",
          "--checkpoint", // a part has one
          "--floor",
          "--json",
          "--resume",
          "--save-reference");

  private final CommonOptions options;
  private final Experiments experiments;
  private final References references;
  private final TrainedRuns runs;
  private final ComponentText text;
  private final SeveralRuns several;
  private final Binder binder;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN|SWEEP|FOLDER|FILE.npz|KEY=VALUE",
      description =
          "Folders of runs, and of sweeps for all their finished trials; models; or a folder of"
              + " pictures, or an array of examples. Overrides of sampler, evaluation or data follow, such as"
              + " sampler.type=ddim or evaluation.features.weights=FILE.")
  private List<String> words = List.of();

  @Mixin private EvaluationOptions evaluation;
  @Mixin private ComparisonOptions comparison;
  @Mixin private CheckpointOptions which;
  @Mixin private SamplingOptions sampling;

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Option(
      names = "--resume",
      description =
          "Go on with the same evaluation that was stopped: measure nothing again, and use the"
              + " features that it had finished.")
  private boolean resume;

  @Option(
      names = "--floor",
      negatable = true,
      description =
          "Measure real examples, too, as if they had been generated: what a perfect generator"
              + " would get (default: where a run's own data have twice as many as are generated).")
  private Optional<Boolean> floor = Optional.empty();

  @Option(
      names = "--extract",
      paramLabel = "FIRST:COUNT",
      hidden = true, // what --parts gives its processes
      description = "Only extract the features of these examples, into the run's folder.")
  private Optional<String> extract = Optional.empty();

  @Mixin private PartsOptions parts;

  @Spec private CommandSpec spec;

  private Path target = Path.of("");
  private TrialLauncher launcher = new LocalLauncher();
  private List<String> overrides = List.of();

  @Inject
  EvaluateCommand(
      CommonOptions options,
      Experiments experiments,
      References references,
      TrainedRuns runs,
      ComponentText text,
      SeveralRuns several,
      Binder binder) {
    this.options = options;
    this.experiments = experiments;
    this.references = references;
    this.runs = runs;
    this.text = text;
    this.several = several;
    this.binder = binder;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Path> targets =
        words.stream()
            .filter(EvaluateCommand::isPath)
            .map(PathName::of)
            .map(Models.ofDistribution()::runUnlessMisspelt)
            .toList();
    overrides = words.stream().filter(word -> !isPath(word)).toList();
    Usage.require(spec, !targets.isEmpty(), "name what is to be measured: a run, for instance");
    evaluation.requireOneWay(overrides);
    parts.check();
    launcher = parts.launcher(binder);
    target = targets.get(0);
    if (targets.size() > 1 || new SweepFolder(target).isSweep()) {
      Usage.require(spec, !json, "--json goes with one run");
      Usage.require(spec, parts.parts().isEmpty(), "--parts goes with one run");
      return several.measure(
          targets, arguments(NOT_OF_EACH), launcher, parts.workersOfRuns(launcher), spec);
    }
    Usage.require(
        spec,
        parts.parts().isPresent() || !parts.hasLauncher(),
        "--launcher goes with --parts, or with several runs");
    if (extract.isPresent()) {
      return extract();
    }
    return measureOne();
  }

  private static boolean isPath(String word) {
    return !word.contains("=") || PathName.exists(word);
  }

  /**
   * What of this command another one has.
   *
   * @param without options that it has not
   */
  private List<String> arguments(Set<String> without) {
    List<String> arguments = new ArrayList<>(overrides);
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (!option.inherited() && !without.contains(option.longestName())) {
        arguments.add(name(option));
        if (!option.typeInfo().isBoolean()) {
          arguments.add(String.join(",", option.originalStringValues()));
        }
      }
    }
    arguments.addAll(options.words());
    return arguments;
  }

  /** The name of an option as it was given: with {@code no-} where it was negated. */
  private static String name(OptionSpec option) {
    boolean isNegated = option.negatable() && Optional.of(false).equals(option.getValue());
    return isNegated ? option.longestName().replace("--", "--no-") : option.longestName();
  }

  private int measureOne() throws IOException {
    Optional<Path> saved = comparison.saved();
    PrintWriter err = spec.commandLine().getErr();
    boolean inParts = parts.parts().isPresent();
    // One process waits for no metric, as what counts is kept all the time.
    Interruption interruption =
        inParts
            ? Interruption.listen(err, "stopping; what was extracted is kept")
            : Interruption.announce(err, STOPPED);
    List<EvaluationRecord> records = new ArrayList<>();
    boolean isDone;
    try (interruption;
        Readers readers = Readers.start();
        WorkProgress progress = new WorkProgress(err, Terminal.isTerminal())) {
      try {
        BooleanSupplier stop = inParts ? interruption : () -> false;
        RunFolder folder = new RunFolder(target);
        if (folder.isRun()) {
          isDone = measureRun(folder, context(readers, progress, stop), saved, records);
        } else {
          EvaluationSettings settings = settingsOfExamples();
          isDone = measureExamples(settings, context(readers, progress, stop), saved, records);
        }
      } catch (IOException | RuntimeException | Error e) {
        progress.finish();
        print(records); // what was measured before
        throw e;
      }
      progress.finish();
      print(records);
      if (!isDone) {
        err.println("ddgan: " + STOPPED);
        return ExitCode.SOFTWARE;
      }
      plot(records);
    }
    return ExitCode.OK;
  }

  private void print(List<EvaluationRecord> records) {
    PrintWriter out = spec.commandLine().getOut();
    if (records.isEmpty()) {
      return;
    }
    EvaluationReport report = new EvaluationReport(records);
    if (json) {
      report.printJson(out);
    } else {
      report.printTable(out);
    }
  }

  private void plot(List<EvaluationRecord> records) throws IOException {
    if (which.isAll()
        && Models.ofDistribution().name(target).isEmpty()
        && new EvaluationFiles(target).canAdd()) {
      Path plot = new RunFolder(target).evaluationPlot();
      AtomicFile.write(plot, new EvaluationReport(records).plot());
      spec.commandLine().getErr().println("plot: " + plot);
    }
  }

  /**
   * Loads what computes.
   *
   * @param readers were started before: the library may bind this thread to one core
   */
  private EvaluationContext context(Readers readers, WorkProgress progress, BooleanSupplier stop) {
    return new EvaluationContext(
        options.cache(), readers, text::metric, Backend.load().machine(), resume, progress, stop);
  }

  /** What is done with a run and what it is compared with. */
  @FunctionalInterface
  private interface Work {

    /** Whether all was done, or the work was to be stopped before. */
    boolean on(EvaluatedRun run, Reference reference) throws IOException;
  }

  private boolean measureRun(
      RunFolder folder,
      EvaluationContext context,
      Optional<Path> saved,
      List<EvaluationRecord> records)
      throws IOException {
    Optional<LongFunction<RowSource>> elsewhere =
        parts.parts().map(count -> step -> inParts(folder, step, count, context.stop()));
    return onRun(
        folder,
        (run, reference) -> run.measure(reference, context, saved, elsewhere, records::add));
  }

  private RowSource inParts(RunFolder folder, long step, int count, BooleanSupplier stop) {
    PartedWork work = new PartedWork(launcher, parts.workersOfParts(launcher), stop);
    Source source = new Source(folder, step, which.weights());
    return new PartedExtraction(work, source, count, arguments(NOT_OF_PARTS));
  }

  private int extract() throws IOException {
    RunFolder folder = new RunFolder(target);
    folder.requireRun();
    ExampleRange range = PartedExtraction.range(extract.orElseThrow());
    try (Readers readers = Readers.start();
        WorkProgress progress =
            new WorkProgress(spec.commandLine().getErr(), Terminal.isTerminal())) {
      EvaluationContext context = context(readers, progress, () -> false);
      boolean isDone =
          onRun(
              folder,
              (run, reference) ->
                  run.extract(reference, range, PartedExtraction.rows(target), context));
      return isDone ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private boolean onRun(RunFolder folder, Work work) throws IOException {
    List<String> all = new ArrayList<>(overrides);
    if (comparison.reference().isPresent()) {
      all.removeAll(dataOverrides()); // they are about what the run is compared with
    }
    all.addAll(evaluation.overrides(Hocon.file(folder.experiment())));
    TrainedRun trained = runs.open(folder, all, EvaluatedRun.CHANGEABLE);
    return trained.located(() -> onRun(trained, work));
  }

  private boolean onRun(TrainedRun trained, Work work) throws IOException {
    EvaluatedRun run =
        new EvaluatedRun(
            trained,
            text,
            new Selection(
                which::steps, which.weights(), sampling.seed(), sampling.batch(), floor()));
    try (Reference reference =
        comparison.reference().isPresent()
            ? named(comparison.reference().get(), trained.experiment().data().shape())
            : run.data()) {
      return work.on(run, reference);
    }
  }

  private Floor floor() {
    if (floor.isPresent()) {
      return floor.get() ? Floor.ALWAYS : Floor.NEVER;
    }
    return comparison.reference().isPresent() ? Floor.NEVER : Floor.WHERE_POSSIBLE;
  }

  private EvaluationSettings settingsOfExamples() {
    Usage.require(
        spec,
        !which.isGiven()
            && sampling.batch().isEmpty()
            && floor.isEmpty()
            && parts.parts().isEmpty(),
        "--checkpoint, --raw, --batch, --floor and --parts go with a run, which %s is not"
            .formatted(target));
    List<String> all = new ArrayList<>(overrides);
    all.addAll(evaluation.overrides(ConfigFactory.empty()));
    return experiments.evaluation(target, all);
  }

  private boolean measureExamples(
      EvaluationSettings settings,
      EvaluationContext context,
      Optional<Path> saved,
      List<EvaluationRecord> records)
      throws IOException {
    try (Reference reference =
        named(comparison.reference().orElse(References.NONE), Optional.empty())) {
      return new EvaluatedExamples(target, references, sampling.seed().orElse(0L))
          .measure(settings, reference, context, saved, records::add);
    }
  }

  private Reference named(String name, Optional<DataShape> like) throws IOException {
    return references.open(name, dataOverrides(), like);
  }

  private List<String> dataOverrides() {
    return overrides.stream().filter(override -> override.startsWith("data.")).toList();
  }
}
