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
 * Trains a run by one or more processes. If one of them is lost, all end, and are started again to
 * continue from the latest checkpoint.
 *
 * @param progressed receives how far the run is, about ten times a second
 * @param announced receives what a user should know, in a sentence
 * @param stop asked all the time; true lets the processes save and end
 */
public record MultiProcessTraining(
    RunFolder run,
    Consumer<RunProgress> progressed,
    Consumer<String> announced,
    BooleanSupplier stop) {

  /** Starts without progress, after which there are no more. */
  private static final int MOST_STARTS = 4;

  /** Exit code of a process that has lost another, which is the cause and will end, too. */
  private static final int TRY_LATER = 75;

  /** How long the cause is waited for. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  /** Exit codes from here on are those of signals. */
  private static final int SIGNALS = 128;

  /**
   * Starts all processes, and again where one is lost.
   *
   * @param files a folder for the launcher's files
   * @param ranks the processes, in the order of their ranks
   * @return whether the training is done; false if it was to be stopped
   * @throws IOException if a process fails by a fault of its own, or they are lost again and again
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
      String loss = round.loss.orElse("they have ended before the training was done");
      long now = saved();
      starts = now > saved ? 0 : starts + 1;
      saved = now;
      if (starts == MOST_STARTS) {
        throw new IOException(
            "the run has come no further in %d starts: %s; what its processes printed is in %s"
                .formatted(starts, loss, ranks.get(0).log().getParent()));
      }
      announced.accept("%s; all processes start again, from step %,d".formatted(loss, saved));
    }
  }

  private long saved() throws IOException {
    return run.isRun() ? RunCheckpoints.done(run) : 0;
  }

  /** From a start of all processes to their end. */
  private final class Round extends CommandRunner.Work {

    /** The reason why a process was lost, if one was. */
    private Optional<String> loss = Optional.empty();

    private final boolean isAlone;
    private boolean isCauseKnown;
    private long stopAt;

    Round(List<LaunchedCommand> ranks) {
      super(ranks);
      this.isAlone = ranks.size() == 1;
    }

    /** The others may wait for one that has died before they have met. */
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
        String text = "%s; what it printed is in %s".formatted(problem, rank.log());
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
