package io.ddgan.cli.command;

import io.ddgan.api.DistributedTraining.LaunchedRun;
import io.ddgan.cli.terminal.FollowedRun;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;

/** A run that several processes train, as the terminal follows it and Ctrl-C stops it. */
record RankedRun(RunFolder run, BooleanSupplier stop, FollowedRun progress, PrintWriter err)
    implements LaunchedRun {

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
    RunProgress.read(run.progress()).ifPresent(progress);
    return stop.getAsBoolean();
  }

  @Override
  public void announced(String sentence) {
    err.println("ddgan: " + sentence);
  }
}
