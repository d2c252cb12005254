package io.ddgan.app.training;

import io.ddgan.api.TrialLauncher;
import io.ddgan.app.process.LaunchedCommands;
import io.ddgan.app.process.LaunchedCommands.CommandEnd;
import io.ddgan.app.process.LaunchedCommands.LaunchedCommand;
import io.ddgan.app.process.Workers;
import io.ddgan.cli.terminal.Errors;
import io.ddgan.internal.file.LockedFolder;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A training by processes that a launcher starts. If one of them is lost, all end, and are started
 * again, to go on from the latest checkpoint.
 */
public final class LaunchedRanks {

  /** Starts without a checkpoint more than at the one before, after which there are no more. */
  private static final int MOST_STARTS = 4;

  private static final long SECOND = 1_000_000_000;

  private final TrialLauncher launcher;
  private final Workers workers;
  private final RunFolder run;
  private final List<String> words;

  /**
   * Nothing is started yet.
   *
   * @param workers how many processes there are, one for each rank
   * @param words of the command that trains the run, or goes on with it, without its rank
   */
  public LaunchedRanks(TrialLauncher launcher, Workers workers, RunFolder run, List<String> words) {
    this.launcher = launcher;
    this.workers = workers;
    this.run = run;
    this.words = List.copyOf(words);
  }

  /**
   * Trains until the end, or until asked to stop.
   *
   * @param progress takes how far it is, about once a second if that has changed
   * @param announced takes a sentence when the processes are started again
   * @param stop asked all the time; true lets the processes save and end
   * @return whether the training is done
   * @throws IOException if a process fails by a fault of its own, or they are lost again and again
   */
  public boolean train(
      Consumer<RunProgress> progress, Consumer<String> announced, BooleanSupplier stop)
      throws IOException, InterruptedException {
    Path files = run.root().resolveSibling(run.root().getFileName() + "-ranks");
    boolean isDone = false;
    try (LockedFolder own = LockedFolder.take(files, "the run " + run.root(), "--run")) {
      try {
        isDone = train(files, progress, announced, stop);
      } finally {
        if (isDone || !hasLogs(files)) {
          own.delete();
        }
      }
    }
    return isDone;
  }

  private static boolean hasLogs(Path files) throws IOException {
    try (Stream<Path> logs = Files.walk(files)) {
      return logs.anyMatch(file -> file.toString().endsWith(".log"));
    }
  }

  private boolean train(
      Path files, Consumer<RunProgress> progress, Consumer<String> announced, BooleanSupplier stop)
      throws IOException, InterruptedException {
    long saved = saved();
    int starts = 0;
    while (true) {
      Round round = new Round(progress);
      new LaunchedCommands(launcher, workers)
          .run(commands(files), files.resolve("launcher"), round, stop);
      if (RunProgress.read(run.progress()).filter(RunProgress::isDone).isPresent()) {
        return true;
      }
      if (stop.getAsBoolean()) {
        return false;
      }
      long now = saved();
      starts = now > saved ? 0 : starts + 1;
      saved = now;
      if (starts == MOST_STARTS) {
        throw new IOException(
            "the run %s has come no further in %d starts: %s; what its processes printed is in %s"
                .formatted(run.root(), starts, round.loss(), files));
      }
      announced.accept(
          "%s; all processes start again, from step %,d".formatted(round.loss(), saved));
    }
  }

  /** The steps that the latest checkpoint has seen. */
  private long saved() throws IOException {
    return run.isRun() ? RunCheckpoints.done(run) : 0;
  }

  private List<LaunchedCommand> commands(Path files) {
    return IntStream.range(0, workers.count()).mapToObj(rank -> command(rank, files)).toList();
  }

  private LaunchedCommand command(int rank, Path files) {
    List<String> all = new ArrayList<>(List.of("train"));
    all.addAll(words);
    all.addAll(List.of("--rank", Integer.toString(rank)));
    all.addAll(List.of("--ranks", Integer.toString(workers.count())));
    String name = "rank-%d".formatted(rank);
    return new LaunchedCommand(name, run.root(), all, files.resolve(name + ".log"));
  }

  /** From a start of all processes to their end. */
  private final class Round implements LaunchedCommands.EndListener {

    private final Consumer<RunProgress> progress;
    private Optional<RunProgress> told = RunProgress.read(run.progress());
    private Optional<String> loss = Optional.empty();
    private long looked = System.nanoTime();

    Round(Consumer<RunProgress> progress) {
      this.progress = progress;
    }

    String loss() {
      return loss.orElse("they have ended before the training was done");
    }

    @Override
    public void ended(LaunchedCommand command, CommandEnd ending) throws IOException {
      if (ending.problem().isEmpty()) {
        return;
      }
      String problem = "%s: %s".formatted(command.name(), ending.problem().get());
      boolean isCause =
          ending.code().stream().noneMatch(code -> code == Errors.TRY_LATER); // it has lost another
      if (isCause && !ending.isInterrupted()) {
        throw new IOException("%s; what it printed is in %s".formatted(problem, command.log()));
      }
      loss = isCause || loss.isEmpty() ? Optional.of(problem) : loss;
    }

    @Override
    public void looked() {
      if (System.nanoTime() - looked > SECOND) {
        looked = System.nanoTime();
        Optional<RunProgress> now = RunProgress.read(run.progress());
        if (now.isPresent() && !now.equals(told)) {
          told = now;
          progress.accept(now.get());
        }
      }
    }
  }
}
