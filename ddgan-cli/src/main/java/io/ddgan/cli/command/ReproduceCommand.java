package io.ddgan.cli.command;

import io.ddgan.api.RefusedException;
import io.ddgan.app.environment.AppFolders;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.process.LocalLauncher;
import io.ddgan.app.process.Workers;
import io.ddgan.app.sweep.SweepFolder;
import io.ddgan.app.text.Quantities;
import io.ddgan.app.training.OriginalRun;
import io.ddgan.app.training.Reproduction;
import io.ddgan.eval.ComponentText;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.WriteCheck;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan reproduce}: trains a run again and compares both. */
@Command(
    name = "reproduce",
    description = {
      "Train a finished run again, and compare weights and metrics.",
      "The exit code is 0 if all are equal bit for bit, or within --tolerance, else 1."
    })
final class ReproduceCommand extends Subcommand {

  private final AppFolders places;
  private final Experiments experiments;
  private final ComponentText text;

  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run.")
  private Path run;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder of the new run (default: <folder of the run>-again; of a trial, <sweep>-<trial>-again beside its sweep).")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Positive.class,
      description = "Number of threads (default: as in the run).")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description =
          "Accept differences of up to X times the largest absolute value in the weight tensor or column of metrics where they occur (default: 0).")
  private double tolerance;

  @Option(names = "--resume", description = "Resume the new run.")
  private boolean resume;

  @Inject
  ReproduceCommand(AppFolders places, Experiments experiments, ComponentText text) {
    this.places = places;
    this.experiments = experiments;
    this.text = text;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    require(tolerance >= 0, "--tolerance must be at least 0");
    RunFolder folder = new RunFolder(run);
    folder.requireRun();
    Path whole = run.toAbsolutePath().normalize();
    Path sweep = whole.resolve("../..").normalize();
    String name =
        new SweepFolder(sweep).isSweep() ? sweep + "-" + whole.getFileName() : whole.toString();
    RunFolder copy = new RunFolder(out.orElse(Path.of(name + "-again")));
    boolean isThere = Files.exists(copy.root());
    if (isThere && (!resume || Files.isSameFile(run, copy.root()))) {
      throw new RefusedException(
          "%s exists; resume the copy with --resume, or choose another folder with --out"
              .formatted(copy.root()));
    }
    WriteCheck.require(copy.root(), "choose another folder with --out");
    OriginalRun original = OriginalRun.open(folder, experiments, text);
    int count =
        threads.orElseGet(() -> Integer.valueOf(original.environment().fact(Provenance.THREADS)));
    say("training %s again with %s: %s", run, Quantities.count(count, "thread"), copy.root());
    if (!training(original, copy, count).train(out(), err())) {
      throw new RefusedException(
          "not done, nothing was compared; resume with the same command and --resume");
    }
    Reproduction reproduction = original.compare(copy, tolerance);
    AtomicFile.write(copy.root().resolve("reproduction.json"), reproduction.json(run.toString()));
    out().println();
    reproduction.table().print(out());
    out().println();
    out().println(reproduction.verdict());
    return reproduction.isAccepted() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** Returns the process that trains the copy. */
  private TrainingProcesses training(OriginalRun original, RunFolder copy, int count) {
    List<String> words = new ArrayList<>(List.of("train"));
    words.add(original.folder().experiment().toString());
    words.addAll(List.of("--run", copy.root().toString(), "--auto-resume"));
    words.addAll(places.words());
    if (!copy.isRun()) {
      original.initial().ifPresent(source -> words.addAll(List.of("--init-from", source.name())));
    }
    Workers one = new Workers(1, count, List.of());
    return new TrainingProcesses(copy, words, new LocalLauncher(), one, "--out");
  }
}
