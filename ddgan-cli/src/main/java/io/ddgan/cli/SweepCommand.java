package io.ddgan.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import io.ddgan.api.Dataset;
import io.ddgan.api.Examples;
import io.ddgan.api.Metric.Measure;
import io.ddgan.cli.library.Library;
import io.ddgan.cli.process.OtherThread;
import io.ddgan.cli.sweep.Planner;
import io.ddgan.cli.sweep.Results;
import io.ddgan.cli.sweep.Results.Row;
import io.ddgan.cli.sweep.Status.State;
import io.ddgan.cli.sweep.Sweep;
import io.ddgan.cli.sweep.Sweep.Policy;
import io.ddgan.cli.sweep.SweepFolder;
import io.ddgan.cli.sweep.Trial;
import io.ddgan.cli.sweep.Workers;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.file.AtomicFile;
import io.ddgan.train.Setup;
import io.ddgan.train.run.RunLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ddgan sweep}: trains many experiments from one file. */
@Command(
    name = "sweep",
    description = "Train many variations of an experiment, and compare them.",
    mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      paramLabel = "SWEEP|FILE",
      description = "A built-in sweep or a file that says what is varied.")
  private String sweepOrFile;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The sweep's folder; sweeps/<name of the sweep> by default.")
  private Optional<Path> folder = Optional.empty();

  @Option(names = "--dry-run", description = "Check all trials and list them; stop.")
  private boolean dryRun;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Trials that run at once (default: one for each core).")
  private Optional<Integer> workers = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that each trial computes with (default: the cores divided by the workers). The"
              + " last bits of the results depend on it.")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--devices",
      paramLabel = "GPU",
      split = ",",
      description = "GPUs to deal out to the workers, such as 0,1.")
  private List<String> devices = List.of();

  @Option(names = "--resume", description = "Go on with a sweep, whose file may have changed.")
  private boolean resume;

  @Option(names = "--retry-failed", description = "With --resume: try failed trials again.")
  private boolean retryFailed;

  @Option(names = "--fail-fast", description = "End the sweep when a trial fails.")
  private boolean failFast;

  @Option(
      names = "--max-trials",
      paramLabel = "N",
      description = "Run so many trials at most, and leave the others for --resume.")
  private Optional<Integer> most = Optional.empty();

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    SweepFolder sweep = new SweepFolder(folder.orElseGet(this::defaultFolder));
    try (Assembly assembly = main.assemble()) {
      Path file = Path.of(sweepOrFile);
      Config config = Library.sweeps().ownOrFile(sweepOrFile, Path.of(""));
      Path near = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
      List<Trial> trials = assembly.get(Planner.class).trials(config, near);
      Workers hands = workers(Runtime.getRuntime().availableProcessors());
      OtherThread.call(() -> check(assembly, trials));
      if (dryRun) {
        show(Results.read(sweep, trials), out);
        out.printf("%,d trials; nothing was run%n", trials.size());
        return ExitCode.OK;
      }
      RunLock lock = sweep.open(resume);
      try (lock) {
        byte[] text =
            config
                .root()
                .render(ConfigRenderOptions.defaults().setJson(false).setOriginComments(false))
                .getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(sweep.file(), to -> to.write(text));
        return run(sweep, trials, hands, out);
      }
    }
  }

  private int run(SweepFolder sweep, List<Trial> trials, Workers hands, PrintWriter out)
      throws IOException, InterruptedException {
    Policy policy = new Policy(retryFailed, failFast, most);
    int left = Sweep.left(Results.read(sweep, trials), policy).size();
    out.printf(
        "sweep %s: %,d trials, %,d to run, %d at once with %d %s each%n",
        sweep.root(),
        trials.size(),
        left,
        hands.count(),
        hands.threads(),
        hands.threads() == 1 ? "thread" : "threads");
    out.flush();
    try (Interruption interruption =
        Interruption.listen(spec.commandLine().getErr(), "stopping the trials, which save")) {
      Results results;
      try (SweepProgress progress = new SweepProgress(out, Main.isTerminal(), left)) {
        results =
            new Sweep(sweep, hands, main.commonOptions(), progress)
                .run(trials, policy, interruption);
      }
      conclude(sweep, results, interruption.getAsBoolean(), out);
      return results.count(State.FAILED) > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }
  }

  private void conclude(SweepFolder sweep, Results results, boolean stopped, PrintWriter out) {
    show(results, out);
    out.println("results: " + sweep.results());
    long failed = results.count(State.FAILED);
    if (failed > 0) {
      PrintWriter err = spec.commandLine().getErr();
      results.rows().stream()
          .filter(row -> row.status().state() == State.FAILED)
          .forEach(
              row ->
                  err.printf(
                      "ddgan: trial %s failed: %s%n",
                      row.trial().name(), row.status().error().orElse("")));
      err.printf(
          "ddgan: %d of %d trials failed; what they printed is in %s; try them again with --resume --retry-failed%n",
          failed, results.rows().size(), sweep.root().resolve("trials"));
    }
    long pending = results.count(State.PENDING);
    if (pending > 0) {
      out.printf(
          "%d trials are %s; go on with: ddgan sweep %s --resume%s%n",
          pending,
          stopped ? "not done" : "left",
          sweepOrFile,
          folder.map(named -> " --out " + named).orElse(""));
    }
    out.flush();
  }

  private static void show(Results results, PrintWriter out) {
    Table table = new Table();
    List<String> header = new ArrayList<>(List.of("trial"));
    if (results.hasLabels()) {
      header.add("label");
    }
    header.addAll(results.keys());
    header.addAll(List.of("seed", "status"));
    results.measures().stream().map(Measure::name).forEach(header::add);
    table.row(header.toArray(String[]::new));
    for (Row row : results.rows()) {
      List<String> cells = new ArrayList<>(List.of(row.trial().name()));
      cells.addAll(results.description(row.trial()));
      cells.add(Long.toString(row.trial().experiment().seed()));
      cells.add(row.status().state().toString());
      for (Measure measure : results.measures()) {
        Double value = row.values().get(measure.name());
        cells.add(value == null ? "" : Progress.number(value));
      }
      table.row(cells.toArray(String[]::new));
    }
    table.print(out);
  }

  /** Finds out, before the first trial starts, what would end any of them at its beginning. */
  private static Backend check(Assembly assembly, List<Trial> trials) throws IOException {
    Backend backend = Backend.load();
    Map<Dataset, Examples> opened = new HashMap<>();
    Set<String> checked = new HashSet<>();
    List<Problem> problems = new ArrayList<>();
    try {
      for (Trial trial : trials) {
        if (!checked.add(trial.configuration())) {
          continue;
        }
        try {
          Setup setup = assembly.setup(trial.experiment());
          Dataset data = trial.experiment().data();
          if (!opened.containsKey(data)) {
            opened.put(data, setup.open());
          }
          Outline.of(setup, opened.get(data)).text();
        } catch (IllegalArgumentException | IOException e) {
          problems.add(new Problem("trial " + SweepProgress.name(trial), "", e.getMessage()));
        }
      }
    } finally {
      for (Examples data : opened.values()) {
        data.close();
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return backend;
  }

  private Workers workers(int cores) {
    workers.ifPresent(count -> requireUse(count > 0, "--workers is at least 1"));
    threads.ifPresent(count -> requireUse(count > 0, "--threads is at least 1"));
    most.ifPresent(count -> requireUse(count > 0, "--max-trials is at least 1"));
    requireUse(!retryFailed || resume, "--retry-failed goes with --resume");
    int count = workers.orElse(devices.isEmpty() ? cores : devices.size());
    return new Workers(count, threads.orElse(Math.max(1, cores / count)), devices);
  }

  private void requireUse(boolean isRight, String message) {
    if (!isRight) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private Path defaultFolder() {
    return Path.of(
        "sweeps", Path.of(sweepOrFile).getFileName().toString().replaceFirst("\\.conf$", ""));
  }
}
