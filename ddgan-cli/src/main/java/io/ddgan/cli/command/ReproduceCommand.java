package io.ddgan.cli.command;

import io.ddgan.api.Examples;
import io.ddgan.api.RefusedException;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.process.LaunchedCommands;
import io.ddgan.app.process.LaunchedCommands.CommandEnd;
import io.ddgan.app.process.LaunchedCommands.LaunchedCommand;
import io.ddgan.app.process.LocalLauncher;
import io.ddgan.app.process.Workers;
import io.ddgan.app.reproduction.Comparison;
import io.ddgan.app.reproduction.OriginalRun;
import io.ddgan.app.reproduction.Reproduction;
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
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.file.PathUtils;
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

  private final CommonOptions options;
  private final Experiments experiments;
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

  @Option(names = "--resume", description = "Resume the copy.")
  private boolean resume;

  @Spec private CommandSpec spec;

  @Inject
  ReproduceCommand(CommonOptions options, Experiments experiments, ComponentText text) {
    this.options = options;
    this.experiments = experiments;
    this.text = text;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    threads.ifPresent(count -> Usage.requireThreads(spec, count));
    Usage.require(spec, tolerance >= 0, "--tolerance is not negative");
    RunFolder folder = new RunFolder(run);
    folder.requireRun();
    RunFolder copy =
        new RunFolder(out.orElseGet(() -> Path.of(run.toAbsolutePath().normalize() + "-again")));
    OriginalRun original = check(folder, copy);
    int count = threads.orElseGet(() -> recordedThreads(original));
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        "training %s again with %s: %s%n", run, Quantities.count(count, "thread"), copy.root());
    Copy training = train(original, copy, count, console);
    if (!training.told().filter(RunProgress::isDone).isPresent()) {
      throw new RefusedException(
          "the training %s; nothing was compared; continue with the same command and --resume"
              .formatted(training.failure.map(why -> "failed: " + why).orElse("was stopped")));
    }
    Reproduction reproduction = original.compare(copy, tolerance);
    AtomicFile.write(copy.root().resolve(REPORT), reproduction.json(run.toString()));
    Table compared = new Table();
    compared.row("compared", "equal", "largest relative difference");
    rows("weights", reproduction.weights(), compared);
    rows("metrics", reproduction.metrics(), compared);
    console.println();
    compared.print(console);
    console.println();
    console.println(reproduction.verdict());
    return reproduction.isAccepted() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** Finds out, before anything is trained, what would make it useless. */
  private OriginalRun check(RunFolder folder, RunFolder copy) throws IOException {
    Experiment experiment = experiments.of(folder);
    boolean isFree = !Files.exists(copy.root());
    boolean isCopy =
        resume
            && !isFree
            && !Files.isSameFile(run, copy.root())
            && (!copy.isRun() || experiments.of(copy).equals(experiment));
    if (!isFree && !isCopy) {
      throw new RefusedException(
          "%s exists already; if it is a copy of the run, resume it with --resume, or choose another folder with --out"
              .formatted(copy.root()));
    }
    Writable.require(copy.root(), "choose another folder with --out");
    OriginalRun original = OriginalRun.open(folder, experiment, text);
    try (Examples data = experiments.setup(experiment).open()) {
      original.requireData(data.fingerprint());
    }
    return original;
  }

  private int recordedThreads(OriginalRun original) {
    String recorded = original.environment().fact(Provenance.THREADS);
    Usage.require(
        spec,
        recorded.matches("[1-9]\\d{0,5}"),
        "the run does not say how many threads it was trained with; set it with --threads");
    return Integer.parseInt(recorded);
  }

  /** Trains the copy, in a process of its own, until the end or an interruption. */
  private Copy train(OriginalRun original, RunFolder copy, int count, PrintWriter console)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(options.words());
    if (!copy.isRun()) {
      original.initial().ifPresent(source -> words.addAll(List.of("--init-from", source.name())));
    }
    List<String> command = new ArrayList<>(List.of("train"));
    command.add(original.folder().experiment().toString());
    command.addAll(List.of("--run", copy.root().toString(), "--resume-if-begun"));
    command.addAll(words);
    Path files = copy.root().resolveSibling(copy.root().getFileName() + "-process");
    Path log = Files.createDirectories(files).resolve("log");
    try (Interruption interruption =
            Interruption.listen(spec.commandLine().getErr(), "stopping the copy, which saves");
        FollowedRun progress = new FollowedRun(console, Terminal.isTerminal())) {
      Copy training =
          new Copy(new LaunchedCommand("copy", copy.root(), command, log), copy, progress);
      new LaunchedCommands(new LocalLauncher(), new Workers(1, count, List.of()))
          .run(training, files.resolve("program"), interruption);
      training.looked();
      return training;
    } finally {
      PathUtils.deleteDirectory(files);
    }
  }

  private static final class Copy extends LaunchedCommands.Work {

    private final RunFolder folder;
    private final FollowedRun progress;
    private Optional<String> failure = Optional.empty();

    Copy(LaunchedCommand command, RunFolder folder, FollowedRun progress) {
      super(List.of(command));
      this.folder = folder;
      this.progress = progress;
    }

    @Override
    protected void ended(LaunchedCommand command, CommandEnd ending) {
      if (ending.isFailure() && !ending.isStopped()) {
        failure = told().flatMap(RunProgress::error).or(ending::problem);
      }
    }

    private Optional<RunProgress> told() {
      return RunProgress.read(folder.progress());
    }

    @Override
    protected void looked() {
      told().ifPresent(progress);
    }
  }

  private static void rows(String name, Comparison comparison, Table table) {
    var differing = List.copyOf(comparison.differing().entrySet());
    table.row(
        name,
        "%,d of %,d %s"
            .formatted(
                comparison.compared() - differing.size(), comparison.compared(), comparison.what()),
        differing.isEmpty() ? "none" : Reproduction.number(differing.get(0).getValue()));
    for (var entry : differing.subList(0, Math.min(SHOWN, differing.size()))) {
      table.row("  " + entry.getKey(), "", Reproduction.number(entry.getValue()));
    }
    if (differing.size() > SHOWN) {
      table.row("  and %,d more".formatted(differing.size() - SHOWN), "", "see " + REPORT);
    }
  }
}
