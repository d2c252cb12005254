package io.ddgan.cli.command;

import io.ddgan.api.Examples;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.experiment.Setups;
import io.ddgan.app.process.Invocation;
import io.ddgan.app.reproduction.OriginalRun;
import io.ddgan.app.reproduction.Reproduction;
import io.ddgan.app.reproduction.Rerun;
import io.ddgan.app.reproduction.Rerun.TrialEnd;
import io.ddgan.app.reproduction.TensorComparison;
import io.ddgan.app.text.Quantities;
import io.ddgan.app.text.Table;
import io.ddgan.cli.options.CommonOptions;
import io.ddgan.cli.options.Usage;
import io.ddgan.cli.terminal.FollowedRun;
import io.ddgan.cli.terminal.Interruption;
import io.ddgan.cli.terminal.Terminal;
import io.ddgan.eval.ComponentText;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.Writable;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.Environment.Difference;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress.RunState;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ddgan reproduce}: trains a run again and compares the two. */
@Command(
    name = "reproduce",
    description = {
      "Train a finished run again, and compare weights and metrics.",
      "The exit code is 0 only if all are equal bit for bit, or differ by no more than --tolerance;"
          + " it is 1 otherwise, whether or not the environment is the same."
    },
    mixinStandardHelpOptions = true)
final class ReproduceCommand implements Subcommand {

  private static final String REPORT = "reproduction.json";

  /** Tensors and columns that are shown of those that differ; the report has all. */
  private static final int SHOWN = 10;

  private final Invocation invocation;
  private final CommonOptions options;
  private final Experiments experiments;
  private final Setups setups;
  private final ComponentText text;

  @Parameters(index = "0", paramLabel = "RUN", description = "The folder of the run.")
  private Path run;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder of the copy; <folder of the run>-again by default.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that the copy computes with (default: as many as the run did).")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description =
          "Accept differences up to X times the largest number of a tensor or column (default: 0).")
  private double tolerance;

  @Option(names = "--resume", description = "Go on with the copy.")
  private boolean resume;

  @Spec private CommandSpec spec;

  @Inject
  ReproduceCommand(
      Invocation invocation,
      CommonOptions options,
      Experiments experiments,
      Setups setups,
      ComponentText text) {
    this.invocation = invocation;
    this.options = options;
    this.experiments = experiments;
    this.setups = setups;
    this.text = text;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    threads.ifPresent(count -> Usage.requireThreads(spec, count));
    Usage.require(spec, tolerance >= 0, "--tolerance is not negative");
    RunFolder folder = new RunFolder(run);
    RunFolder copy = new RunFolder(out.orElseGet(this::defaultFolder));
    folder.requireRun();
    OriginalRun original = check(folder, copy);
    int count = threads.orElseGet(() -> recordedThreads(original));
    if (!train(original, folder, copy, count)) {
      return ExitCode.SOFTWARE;
    }
    Reproduction reproduction = original.compare(copy, tolerance);
    AtomicFile.write(copy.root().resolve(REPORT), reproduction.json(run.toString()));
    show(reproduction);
    return reproduction.isAccepted() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** Finds out, before anything is trained, what would make it useless. */
  private OriginalRun check(RunFolder folder, RunFolder copy) throws IOException {
    Experiment experiment = experiments.of(folder);
    requireFree(copy);
    if (copy.isRun()) {
      requireCopy(experiment, experiments.of(copy), copy);
    }
    OriginalRun original = OriginalRun.open(folder, experiment, text, invocation);
    try (Examples data = setups.of(experiment).open()) {
      original.requireData(data.fingerprint());
    }
    return original;
  }

  private void requireFree(RunFolder copy) throws IOException {
    if (Files.exists(copy.root()) && Files.isSameFile(run, copy.root())) {
      throw new IOException(
          "%s is the run itself; choose another folder with --out".formatted(copy.root()));
    }
    if (Files.exists(copy.root()) && !resume) {
      throw new IOException(
          copy.root()
              + " exists already; continue it with --resume, or choose another folder with --out");
    }
    Writable.require(copy.root(), "choose another folder with --out");
  }

  private void requireCopy(Experiment experiment, Experiment other, RunFolder copy)
      throws IOException {
    if (!experiment.equals(other)) {
      throw new IOException(
          "the run %s is not a copy of %s: its experiment is another one; choose another folder with --out"
              .formatted(copy.root(), run));
    }
  }

  private int recordedThreads(OriginalRun original) {
    String recorded = original.environment().fact(Provenance.THREADS);
    Usage.require(
        spec,
        recorded.matches("[1-9]\\d{0,5}"),
        "the run does not say how many threads it was trained with; set it with --threads");
    return Integer.parseInt(recorded);
  }

  /**
   * Trains the copy.
   *
   * @return whether it came to its end
   */
  private boolean train(OriginalRun original, RunFolder folder, RunFolder copy, int count)
      throws IOException, InterruptedException {
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        "training %s again with %s: %s%n", run, Quantities.count(count, "thread"), copy.root());
    String goOn = goOn();
    try (Interruption interruption =
        Interruption.listen(spec.commandLine().getErr(), "stopping the copy, which saves")) {
      TrialEnd ending;
      try (FollowedRun progress = new FollowedRun(console, Terminal.isTerminal())) {
        ending =
            new Rerun(folder, copy, original.initial(), options.words())
                .train(count, progress, interruption);
      }
      if (interruption.getAsBoolean()) {
        console.printf("nothing was compared; continue with: %s%n", goOn);
        return false;
      }
      if (ending.state() != RunState.DONE) {
        throw new IOException(
            "the training %s%s; continue with: %s"
                .formatted(
                    ending.state() == RunState.FAILED ? "failed" : "was stopped",
                    ending.why().map(why -> ": " + why).orElse(""),
                    goOn));
      }
      return true;
    }
  }

  /** The command that goes on with the copy as it was called. */
  private String goOn() {
    List<Object> words = new ArrayList<>(List.of("reproduce", run, "--resume"));
    out.ifPresent(named -> words.addAll(List.of("--out", named)));
    threads.ifPresent(count -> words.addAll(List.of("--threads", count)));
    if (tolerance > 0) {
      words.addAll(List.of("--tolerance", tolerance));
    }
    return invocation.of(words);
  }

  private void show(Reproduction reproduction) {
    PrintWriter console = spec.commandLine().getOut();
    console.println();
    Table compared = new Table();
    compared.row("compared", "equal", "largest relative difference");
    rows("weights", reproduction.weights(), compared);
    rows("metrics", reproduction.metrics(), compared);
    compared.print(console);
    if (!reproduction.environment().isEmpty()) {
      console.println();
      Table environment = new Table();
      environment.row("environment", run.toString(), "again");
      for (Difference difference : reproduction.environment()) {
        environment.row(
            difference.name(),
            Reproduction.brief(difference.before()),
            Reproduction.brief(difference.after()));
      }
      environment.print(console);
    }
    console.println();
    console.println(reproduction.verdict());
  }

  private static void rows(String name, TensorComparison comparison, Table table) {
    int all = comparison.deviations().size();
    var differing = comparison.differing();
    table.row(
        name,
        "%,d of %,d %s".formatted(all - differing.size(), all, comparison.what()),
        differing.isEmpty() ? "none" : Reproduction.number(differing.get(0).getValue().relative()));
    for (var entry : differing.subList(0, Math.min(SHOWN, differing.size()))) {
      table.row("  " + entry.getKey(), "", Reproduction.number(entry.getValue().relative()));
    }
    if (differing.size() > SHOWN) {
      table.row("  and %,d more".formatted(differing.size() - SHOWN), "", "see " + REPORT);
    }
  }

  private Path defaultFolder() {
    Path given = run.normalize();
    Path named = given.toString().isEmpty() ? run.toAbsolutePath().normalize() : given;
    return Path.of(named + "-again");
  }
}
