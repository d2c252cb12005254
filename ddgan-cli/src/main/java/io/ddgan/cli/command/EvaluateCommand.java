package io.ddgan.cli.command;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.ddgan.api.ProcessLauncher;
import io.ddgan.app.environment.AppFolders;
import io.ddgan.app.evaluation.Evaluations;
import io.ddgan.app.evaluation.Evaluations.Request;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.TrainedRun;
import io.ddgan.app.models.Models;
import io.ddgan.app.sweep.SweepFolder;
import io.ddgan.cli.terminal.Interruption;
import io.ddgan.cli.terminal.TerminalProgress;
import io.ddgan.eval.Evaluator;
import io.ddgan.eval.records.EvaluationFiles;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.config.PathName;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.WriteCheck;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.EvaluationSettings;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan evaluate}: measures what runs generate, or examples that are there already. */
@Command(
    name = "evaluate",
    description =
        "Measure what a run, several runs or the trials of a sweep generate, or pictures that are"
            + " there already.")
final class EvaluateCommand extends Subcommand {

  private static final String STOPPED =
      "stopped; what was measured is kept: continue with the same command and --skip-existing";

  private static final String METRICS = "evaluation.metrics";

  private final AppFolders places;
  private final Experiments experiments;
  private final Evaluations evaluations;
  private final MultiRunEvaluation several;
  private final Binder binder;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN|SWEEP|FOLDER|FILE.npz|KEY=VALUE",
      description =
          "Folders of runs, and of sweeps for all their finished trials; models; or a folder of"
              + " pictures, or an array of examples. Overrides of sampler, evaluation or data follow, such as"
              + " sampler.type=ddim or evaluation.features.weights=FILE.")
  private List<String> words = List.of();

  @Option(
      names = "--metrics",
      paramLabel = "NAME",
      split = ",",
      description =
          "What is measured, such as fid,precision-recall (default: what the run measures).")
  private List<String> metrics = List.of();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Generated examples (default: what each metric wants).")
  private Optional<Integer> samples = Optional.empty();

  @Option(
      names = "--features",
      paramLabel = "NAME",
      description =
          "What turns images into the vectors that are compared: classifier, inception, values or a"
              + " plug-in's (default: the run's).")
  private Optional<String> features = Optional.empty();

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
  private Optional<Path> saved = Optional.empty();

  @Mixin private SamplingOptions sampling;

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Option(
      names = "--skip-existing",
      description = "Skip what was measured before under the same conditions.")
  private boolean skipExisting;

  @Option(
      names = "--real-baseline",
      negatable = true,
      description =
          "Measure real examples, too, as if they had been generated: what a perfect generator"
              + " would get (default: where a run's own data have twice as many as are generated).")
  private Optional<Boolean> floor = Optional.empty();

  @Mixin private PartsOptions parts;

  @Inject
  EvaluateCommand(
      AppFolders places,
      Experiments experiments,
      Evaluations evaluations,
      MultiRunEvaluation several,
      Binder binder) {
    this.places = places;
    this.experiments = experiments;
    this.evaluations = evaluations;
    this.several = several;
    this.binder = binder;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Path> targets =
        words.stream()
            .filter(EvaluateCommand::isPath)
            .map(PathName::of)
            .map(Models.ofDistribution()::resolve)
            .toList();
    List<String> overrides = words.stream().filter(word -> !isPath(word)).toList();
    require(!targets.isEmpty(), "give at least one run, sweep, folder or .npz file");
    require(
        metrics.isEmpty() || overrides.stream().noneMatch(each -> each.startsWith(METRICS)),
        "--metrics and %s= both name metrics; leave one out".formatted(METRICS));
    ProcessLauncher launcher = parts.launcher(binder);
    if (targets.size() > 1 || new SweepFolder(targets.get(0)).isSweep()) {
      require(!json && parts.parts().isEmpty(), "--json and --parts go with a single run");
      return several.measure(
          targets, wordsForEach(overrides), launcher, parts.workersOfRuns(launcher), spec());
    }
    require(
        parts.parts().isPresent() || !parts.hasLauncher(),
        "--launcher goes with --parts, or with several runs");
    return measure(targets.get(0), overrides, launcher);
  }

  private static boolean isPath(String word) {
    return !word.contains("=") || PathName.exists(word);
  }

  /** The arguments of the command that measures one of several runs. */
  private List<String> wordsForEach(List<String> overrides) {
    List<String> words = new ArrayList<>(overrides);
    words.addAll(given("--metrics", "--samples", "--features", "--reference", "--save-reference"));
    words.addAll(given("--checkpoint", "--raw", "--seed", "--batch-size", "--skip-existing"));
    floor.ifPresent(isWanted -> words.add(isWanted ? "--real-baseline" : "--no-real-baseline"));
    words.addAll(places.words());
    return words;
  }

  private int measure(Path target, List<String> overrides, ProcessLauncher launcher)
      throws IOException {
    RunFolder folder = new RunFolder(target);
    boolean inParts = parts.parts().isPresent();
    require(
        folder.isRun() || !(sampling.isOfRun() || floor.isPresent() || inParts),
        "--checkpoint, --raw, --batch-size, --real-baseline and --parts go with a run, which %s is not"
            .formatted(target));
    if (saved.isPresent()) {
      require(
          saved.get().toString().endsWith(".npz"),
          "--save-reference is a file that ends in .npz, not " + saved.get());
      WriteCheck.require(saved.get(), "name another file with --save-reference");
    }
    List<EvaluationRecord> records = new ArrayList<>();
    boolean isDone;
    // One process waits for no metric, which may take long.
    try (Interruption stop =
            inParts
                ? Interruption.listen(err(), "stopping; the parts that are made are kept")
                : Interruption.announce(err(), STOPPED);
        Readers readers = Readers.start();
        TerminalProgress progress = new TerminalProgress(err())) {
      try {
        Evaluator.Context context =
            evaluations.context(places.cache(), readers, progress, inParts ? stop : () -> false);
        Request request =
            new Request(
                sampling::steps,
                sampling.weights(),
                sampling.seed(),
                sampling.batch(),
                floor,
                skipExisting,
                parts
                    .parts()
                    .map(
                        n ->
                            parts.samples(launcher, folder, sampling.weights(), overrides, places)),
                reference,
                overrides.stream().filter(word -> word.startsWith("data.")).toList(),
                saved);
        List<String> all = new ArrayList<>(overrides);
        if (folder.isRun()) {
          if (request.reference().isPresent()) {
            all.removeAll(request.dataKeys()); // they are about what the run is compared with
          }
          all.addAll(optionsAsOverrides(Hocon.file(folder.experiment())));
          TrainedRun run = experiments.open(folder, all, Evaluations.CHANGEABLE);
          isDone = evaluations.measure(run, request, context, records::add);
        } else {
          all.addAll(optionsAsOverrides(ConfigFactory.empty()));
          EvaluationSettings settings = experiments.evaluation(target, all);
          isDone = evaluations.measure(target, settings, request, context, records::add);
        }
      } finally {
        progress.finish();
        if (!records.isEmpty()) { // as some are, perhaps, where something failed
          print(records);
        }
      }
    }
    if (!isDone) {
      err().println("ddgan: " + STOPPED);
      return ExitCode.SOFTWARE;
    }
    plot(target, records);
    return ExitCode.OK;
  }

  /**
   * The options as overrides.
   *
   * @param run the run's configuration, whose metrics keep their keys; empty without a run
   */
  private List<String> optionsAsOverrides(Config run) {
    List<String> all = new ArrayList<>();
    all.add("evaluation.every=0"); // these two are about training
    all.add("evaluation.keep-best=null");
    if (!metrics.isEmpty()) {
      all.add(
          metrics.stream()
              .map(name -> metric(name, run))
              .collect(Collectors.joining(",", METRICS + "=[", "]")));
    }
    samples.ifPresent(number -> all.add("evaluation.samples=" + number));
    features.ifPresent(name -> all.add("evaluation.features.type=" + ConfigUtil.quoteString(name)));
    return all;
  }

  private static String metric(String name, Config run) {
    ConfigValue written =
        run.hasPath(METRICS) ? run.getValue(METRICS) : ConfigValueFactory.fromIterable(List.of());
    List<? extends ConfigValue> own = written instanceof ConfigList list ? list : List.of(written);
    return own.stream()
        .filter(ConfigObject.class::isInstance)
        .filter(metric -> name.equals(((ConfigObject) metric).toConfig().getString("type")))
        .map(metric -> metric.render(ConfigRenderOptions.concise()))
        .findFirst()
        .orElseGet(() -> "{type=%s}".formatted(ConfigUtil.quoteString(name)));
  }

  private void print(List<EvaluationRecord> records) {
    if (json) {
      out().print(EvaluationFiles.json(records));
      out().flush();
    } else {
      new EvaluationReport(records).print(out());
    }
  }

  private void plot(Path target, List<EvaluationRecord> records) throws IOException {
    if (sampling.isAll()
        && Models.ofDistribution().name(target).isEmpty()
        && new EvaluationFiles(target).canAdd()) {
      Path plot = new RunFolder(target).evaluationPlot();
      AtomicFile.write(plot, new EvaluationReport(records).plot());
      err().println("plot: " + plot);
    }
  }
}
