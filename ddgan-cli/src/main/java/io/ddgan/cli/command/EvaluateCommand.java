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

/** {@code ddgan evaluate}: computes metrics of runs or of existing examples. */
@Command(
    name = "evaluate",
    description = "Compute metrics of runs, of the trials of sweeps, or of existing pictures.")
final class EvaluateCommand extends Subcommand {

  private static final String STOPPED =
      "stopped; finished metrics are kept; resume with the same command and --skip-existing";

  private static final String METRICS = "evaluation.metrics";

  private final AppFolders places;
  private final Experiments experiments;
  private final Evaluations evaluations;
  private final MultiRunEvaluation several;
  private final Binder binder;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN|MODEL|SWEEP|FOLDER|FILE.npz|KEY=VALUE",
      description =
          "Runs, models, or sweeps (all finished trials of each); or a folder of pictures or an array of examples. Overrides of sampler, evaluation or data may follow, such as sampler.type=ddim or evaluation.features.weights=FILE.")
  private List<String> words = List.of();

  @Option(
      names = "--metrics",
      paramLabel = "NAME",
      split = ",",
      description = "Metrics to compute, such as fid,precision-recall (default: the run's).")
  private List<String> metrics = List.of();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Number of generated samples (default: each metric's own).")
  private Optional<Integer> samples = Optional.empty();

  @Option(
      names = "--features",
      paramLabel = "NAME",
      description =
          "Feature extractor: classifier, inception, identity or a plug-in's (default: the run's).")
  private Optional<String> features = Optional.empty();

  @Option(
      names = "--reference",
      paramLabel = "DATA|FOLDER|FILE.npz|none",
      description =
          "Data to compare with: a data set type, a folder of pictures, or an .npz file of examples or of the statistics mu and sigma (default: the run's data).")
  private Optional<String> reference = Optional.empty();

  @Option(
      names = "--save-reference",
      paramLabel = "FILE.npz",
      description = "Write the statistics mu and sigma of the reference data to this file.")
  private Optional<Path> saved = Optional.empty();

  @Mixin private SamplingOptions sampling;

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Option(
      names = "--skip-existing",
      description = "Skip metrics already computed under the same conditions.")
  private boolean skipExisting;

  @Option(
      names = "--real-baseline",
      negatable = true,
      description =
          "Also measure real examples, to show how a perfect generator would score. Needs at least twice as many real examples as samples. With fewer, the baseline is skipped, or the command fails if --real-baseline was given.")
  private Optional<Boolean> realBaseline = Optional.empty();

  @Mixin private PartsOptions parts;

  @Mixin private ThreadsOption unusedThreads; // parsing checks it

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
    require(
        !targets.isEmpty(), "nothing to evaluate; give a run, model, sweep, folder or .npz file");
    require(
        metrics.isEmpty() || overrides.stream().noneMatch(each -> each.startsWith(METRICS)),
        "--metrics excludes %s=; omit one of them".formatted(METRICS));
    ProcessLauncher launcher = parts.launcher(binder);
    if (targets.size() > 1 || new SweepFolder(targets.get(0)).isSweep()) {
      require(!json && parts.parts().isEmpty(), "--json and --parts require a single run");
      return several.measure(
          targets, wordsForEach(overrides), launcher, parts.workersOfRuns(launcher), spec());
    }
    require(
        parts.parts().isPresent() || !parts.hasLauncher(),
        "--launcher requires --parts or several runs");
    return measure(targets.get(0), overrides, launcher);
  }

  private static boolean isPath(String word) {
    return !word.contains("=") || PathName.exists(word);
  }

  /** Returns the arguments of the command that evaluates one of several runs. */
  private List<String> wordsForEach(List<String> overrides) {
    List<String> words = new ArrayList<>(overrides);
    words.addAll(given("--metrics", "--samples", "--features", "--reference", "--save-reference"));
    words.addAll(given("--checkpoint", "--raw", "--seed", "--batch-size", "--skip-existing"));
    realBaseline.ifPresent(isOn -> words.add(isOn ? "--real-baseline" : "--no-real-baseline"));
    words.addAll(places.words());
    return words;
  }

  private int measure(Path target, List<String> overrides, ProcessLauncher launcher)
      throws IOException {
    RunFolder folder = new RunFolder(target);
    boolean inParts = parts.parts().isPresent();
    require(
        folder.isRun() || !(sampling.isOfRun() || realBaseline.isPresent() || inParts),
        "--checkpoint, --raw, --batch-size, --real-baseline and --parts require a run; %s is none"
            .formatted(target));
    if (saved.isPresent()) {
      require(
          saved.get().toString().endsWith(".npz"),
          "--save-reference must end in .npz; got " + saved.get());
      WriteCheck.require(saved.get(), "choose another file with --save-reference");
    }
    List<EvaluationRecord> records = new ArrayList<>();
    boolean isDone;
    // Without parts a metric is interrupted, as it may take long.
    try (Interruption stop =
            inParts
                ? Interruption.listen(err(), "stopping; finished parts are kept")
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
                realBaseline,
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
            all.removeAll(request.dataKeys()); // these keys describe the reference data
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
        if (!records.isEmpty()) { // also those before a failure
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
   * Returns the options as overrides.
   *
   * @param run the run's configuration, for the keys of its metrics; empty without a run
   */
  private List<String> optionsAsOverrides(Config run) {
    List<String> all = new ArrayList<>();
    all.add("evaluation.every=0"); // these two apply only during training
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
