package io.ddgan.app.process;

import io.ddgan.api.ProcessLauncher;
import io.ddgan.app.process.CommandRunner.CommandEnd;
import io.ddgan.app.process.CommandRunner.LaunchedCommand;
import io.ddgan.internal.file.InUseException;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Trains a run with one or more processes. If one is lost, all end and are restarted from the
 * latest checkpoint.
 *
 * @param progressed receives the progress, about ten times a second
 * @param announced receives messages for the user
 * @param stop polled; true makes the processes save and end
 */
public record MultiProcessTraining(
    RunFolder run,
    Consumer<RunProgress> progressed,
    Consumer<String> announced,
    BooleanSupplier stop) {

  /** The maximum number of starts without progress. */
  private static final int MOST_STARTS = 4;

  /** Exit code of a process that lost the connection to another. */
  private static final int TRY_LATER = 75;

  /** The time to wait for the end of the process that caused it. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  /** The lowest exit code of a signal. */
  private static final int SIGNALS = 128;

  /**
   * Starts all processes, and restarts them if one is lost.
   *
   * @param files a folder for the launcher's files
   * @param ranks the processes, in the order of their ranks
   * @return true if the training is done, false if stopped
   * @throws IOException if a process fails, or processes are lost repeatedly
   */
  public boolean train(
      ProcessLauncher launcher, Workers workers, Path files, List<LaunchedCommand> ranks)
      throws IOException, InterruptedException {
    long saved = saved();
    int starts = 0;
    while (true) {
      Round round = new Round(ranks);
      new CommandRunner(launcher, workers).run(round, files, round::isOver);
      if (RunProgress.read(run.progress()).filter(RunProgress::isDone).isPresent()) {
        return true;
      }
      if (stop.getAsBoolean()) {
        return false;
      }
      String loss = round.loss.orElse("they ended before the training was done");
      long now = saved();
      starts = now > saved ? 0 : starts + 1;
      saved = now;
      if (starts == MOST_STARTS) {
        throw new IOException(
            "the run made no progress in %d starts: %s; see the logs in %s"
                .formatted(starts, loss, ranks.get(0).log().getParent()));
      }
      announced.accept("%s; restarting all processes from step %,d".formatted(loss, saved));
    }
  }

  private long saved() throws IOException {
    return run.isRun() ? RunCheckpoints.done(run) : 0;
  }

  /** One start of all processes. */
  private final class Round extends CommandRunner.Work {

    /** The reason why a process was lost, if any. */
    private Optional<String> loss = Optional.empty();

    private final boolean isAlone;
    private boolean isCauseKnown;
    private long stopAt;

    Round(List<LaunchedCommand> ranks) {
      super(ranks);
      this.isAlone = ranks.size() == 1;
    }

    /** Stops the others, which may wait for a dead process at the rendezvous. */
    boolean isOver() {
      return stop.getAsBoolean() || (loss.isPresent() && System.nanoTime() - stopAt > 0);
    }

    @Override
    protected void looked() {
      RunProgress.read(run.progress()).ifPresent(progressed);
    }

    @Override
    protected void ended(LaunchedCommand rank, CommandEnd ending) throws IOException {
      if (ending.problem().isEmpty()) {
        return;
      }
      int code = ending.code().orElse(SIGNALS);
      boolean hasLostAnother = code == TRY_LATER && !isAlone;
      boolean hasFailed = code < SIGNALS && !hasLostAnother;
      String problem = (isAlone ? "" : rank.name() + ": ") + ending.problem().get();
      if (hasFailed && !ending.isStopped()) {
        String text = "%s; see the log %s".formatted(problem, rank.log());
        throw code == TRY_LATER ? new InUseException(text) : new IOException(text);
      }
      if (loss.isEmpty() || (!isCauseKnown && !hasLostAnother && !hasFailed)) {
        loss = Optional.of(problem);
        isCauseKnown = !hasLostAnother;
        stopAt = System.nanoTime() + (hasLostAnother ? PATIENCE : 0);
      }
    }
  }
}
