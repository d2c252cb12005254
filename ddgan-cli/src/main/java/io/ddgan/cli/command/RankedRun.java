package io.ddgan.cli.command;

import io.ddgan.api.DistributedTraining.LaunchedRun;
import io.ddgan.cli.terminal.FollowedRun;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A run that several processes train, as the terminal follows it and Ctrl-C stops it. */
final class RankedRun implements LaunchedRun {

  private static final long BETWEEN_LOOKS = TimeUnit.SECONDS.toNanos(1);

  private final RunFolder run;
  private final BooleanSupplier stop;
  private final FollowedRun progress;
  private final PrintWriter err;
  private Optional<RunProgress> shown;
  private long looked = System.nanoTime();

  RankedRun(RunFolder run, BooleanSupplier stop, FollowedRun progress, PrintWriter err) {
    this.run = run;
    this.stop = stop;
    this.progress = progress;
    this.err = err;
    this.shown = RunProgress.read(run.progress());
  }

  @Override
  public long saved() throws IOException {
    return run.isRun() ? RunCheckpoints.done(run) : 0;
  }

  @Override
  public boolean isDone() {
    return RunProgress.read(run.progress()).filter(RunProgress::isDone).isPresent();
  }

  @Override
  public boolean isStopped() {
    if (System.nanoTime() - looked > BETWEEN_LOOKS) {
      looked = System.nanoTime();
      Optional<RunProgress> now = RunProgress.read(run.progress());
      now.filter(each -> !now.equals(shown)).ifPresent(progress);
      shown = now;
    }
    return stop.getAsBoolean();
  }

  @Override
  public void announced(String sentence) {
    err.println("ddgan: " + sentence);
  }
}
