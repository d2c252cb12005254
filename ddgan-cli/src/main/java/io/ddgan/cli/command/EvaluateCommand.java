package io.ddgan.cli.command;

import io.ddgan.api.DataShape;
import io.ddgan.cli.environment.Backend;
import io.ddgan.cli.evaluation.EvaluatedExamples;
import io.ddgan.cli.evaluation.EvaluatedRun;
import io.ddgan.cli.evaluation.EvaluatedRun.Selection;
import io.ddgan.cli.evaluation.EvaluationReport;
import io.ddgan.cli.evaluation.EvaluationSession;
import io.ddgan.cli.evaluation.References;
import io.ddgan.cli.experiment.ComponentText;
import io.ddgan.cli.experiment.Experiments;
import io.ddgan.cli.options.CheckpointOptions;
import io.ddgan.cli.options.CommonOptions;
import io.ddgan.cli.options.ComparisonOptions;
import io.ddgan.cli.options.EvaluationOptions;
import io.ddgan.cli.options.SamplingOptions;
import io.ddgan.cli.options.Usage;
import io.ddgan.cli.terminal.Interruption;
import io.ddgan.cli.terminal.Terminal;
import io.ddgan.cli.terminal.WorkProgress;
import io.ddgan.config.Hocon;
import io.ddgan.train.data.Readers;
import io.ddgan.train.evaluation.EvaluationContext;
import io.ddgan.train.evaluation.EvaluationRecord;
import io.ddgan.train.evaluation.EvaluationSettings;
import io.ddgan.train.evaluation.Reference;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.picture.CurvePlot;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ddgan evaluate}: measures what a run generates, or examples that are there already. */
@Command(
    name = "evaluate",
    description = "Measure what a run generates, or pictures that are there already.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Subcommand {

  private final CommonOptions options;
  private final Experiments experiments;
  private final References references;
  private final EvaluatedRun.Factory runs;
  private final ComponentText text;

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

  @Spec private CommandSpec spec;

  @Inject
  EvaluateCommand(
      CommonOptions options,
      Experiments experiments,
      References references,
      EvaluatedRun.Factory runs,
      ComponentText text) {
    this.options = options;
    this.experiments = experiments;
    this.references = references;
    this.runs = runs;
    this.text = text;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    evaluation.requireOneWay(overrides);
    Interruption farewell = // rather than waiting for the metric: what counts is kept all the time
        Interruption.announce(
            err,
            "stopped; what was learnt and extracted is kept: go on with the same command and --resume");
    List<EvaluationRecord> records = new ArrayList<>();
    try (farewell;
        Readers readers = Readers.start(); // before the library may bind this thread to one core
        WorkProgress progress = new WorkProgress(err, Terminal.isTerminal())) {
      try {
        measure(new EvaluationContext(options.cache(), readers, progress, () -> false), records);
      } catch (IOException | RuntimeException | Error e) {
        progress.finish();
        print(records); // what was measured before
        throw e;
      }
      progress.finish();
      print(records);
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
    if (which.isAll()) {
      Path plot = new RunFolder(target).evaluationPlot();
      CurvePlot.write(new EvaluationReport(records).curves(), plot);
      spec.commandLine().getErr().println("plot: " + plot);
    }
  }

  private void measure(EvaluationContext context, List<EvaluationRecord> records)
      throws IOException {
    RunFolder folder = new RunFolder(target);
    if (folder.isRun()) {
      measureRun(folder, context, records);
    } else {
      measureExamples(context, records);
    }
  }

  private EvaluationSession.Method method(EvaluationContext context) throws IOException {
    Optional<Path> saved = comparison.saved();
    return new EvaluationSession.Method(
        context, text::metric, Backend.load().machine(), resume, saved);
  }

  private void measureRun(
      RunFolder folder, EvaluationContext context, List<EvaluationRecord> records)
      throws IOException {
    List<String> all = new ArrayList<>(overrides);
    if (comparison.reference().isPresent()) {
      all.removeAll(dataOverrides()); // they are about what the run is compared with
    }
    all.addAll(evaluation.overrides(Hocon.file(folder.experiment())));
    Experiment experiment =
        experiments.trained(folder, all, Set.of("sampler", "evaluation", "data"));
    EvaluationSession.Method method = method(context);
    EvaluatedRun run =
        runs.of(
            folder,
            experiment,
            new Selection(which::steps, which.weights(), sampling.seed(), sampling.batch()));
    try (Reference reference =
        comparison.reference().isPresent()
            ? named(comparison.reference().get(), experiment.data().shape())
            : run.data()) {
      run.measure(reference, method, records::add);
    }
  }

  private void measureExamples(EvaluationContext context, List<EvaluationRecord> records)
      throws IOException {
    Usage.require(
        spec,
        !which.isGiven() && sampling.batch().isEmpty(),
        "--checkpoint, --raw and --batch go with a run, which %s is not".formatted(target));
    List<String> all = new ArrayList<>(overrides);
    all.addAll(evaluation.overrides());
    EvaluationSettings settings = experiments.evaluation(target, all);
    EvaluationSession.Method method = method(context);
    try (Reference reference =
        named(comparison.reference().orElse(References.NONE), Optional.empty())) {
      new EvaluatedExamples(target, references, sampling.seed().orElse(0L))
          .measure(settings, reference, method, records::add);
    }
  }

  private Reference named(String name, Optional<DataShape> like) throws IOException {
    return references.open(name, dataOverrides(), like);
  }

  private List<String> dataOverrides() {
    return overrides.stream().filter(override -> override.startsWith("data.")).toList();
  }
}
